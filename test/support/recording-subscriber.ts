import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly path: string;
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly atMs: number;
}

export interface RecordingSubscriber {
  readonly port: number;
  readonly url: string;
  readonly received: ReceivedRequest[];
  /** Answers from now on: a code, or none at all (the request hangs). */
  answerWith(code: number | 'hang'): void;
  close(): Promise<void>;
}

/** A real HTTP server on loopback that records every request; answers 200 until told otherwise. */
export async function startRecordingSubscriber(port = 0): Promise<RecordingSubscriber> {
  const received: ReceivedRequest[] = [];
  let code: number | 'hang' = 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        path: request.url ?? '',
        id: String(request.headers['ce-id'] ?? request.headers['kyma-event-id'] ?? ''),
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks),
        atMs: Date.now(),
      });
      if (code !== 'hang') response.writeHead(code).end();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    url: `http://127.0.0.1:${bound}`,
    received,
    answerWith: (next) => (code = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
