import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly httpVersion: string;
  readonly path: string;
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly atMs: number;
}

/** A code alone, a code with headers and body, or no answer at all. */
export type Answer =
  number | 'hang' | { code: number; headers?: Record<string, string>; body?: string | Buffer };

export interface RecordingSubscriber {
  readonly port: number;
  readonly url: string;
  readonly received: ReceivedRequest[];
  /** What it answers from now on: always the same, or by request (`index` counts from 0 over all requests). */
  answerWith(answer: Answer | ((request: ReceivedRequest, index: number) => Answer)): void;
  close(): Promise<void>;
}

/** A real HTTP server on loopback that records every request; answers 200 until told otherwise. */
export async function startRecordingSubscriber(port = 0): Promise<RecordingSubscriber> {
  const received: ReceivedRequest[] = [];
  let choose: (request: ReceivedRequest, index: number) => Answer = () => 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const recorded: ReceivedRequest = {
        method: request.method ?? '',
        httpVersion: request.httpVersion,
        path: request.url ?? '',
        id: headers['ce-id'] ?? headers['kyma-event-id'] ?? '',
        headers,
        body: Buffer.concat(chunks),
        atMs: Date.now(),
      };
      received.push(recorded);
      respond(response, choose(recorded, received.length - 1));
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    url: `http://127.0.0.1:${bound}`,
    received,
    answerWith(answer) {
      choose = typeof answer === 'function' ? answer : () => answer;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function respond(response: ServerResponse, answer: Answer): void {
  if (answer === 'hang') return;
  const { code, headers = {}, body = '' } = typeof answer === 'number' ? { code: answer } : answer;
  response.writeHead(code, headers).end(body);
}
