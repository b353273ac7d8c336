import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answer.ts';
import { internalError } from './known-answers.ts';
import {
  handleRequest,
  writeAnswer,
  type HandledRequest,
  type RequestContext,
} from './handle-request.ts';

export interface AdapterServerOptions {
  readonly host: string;
  readonly port: number;
  readonly context: RequestContext;
  onHandled(handled: HandledRequest, durationMs: number): void;
  onError(error: unknown): void;
}

export interface AdapterServer {
  readonly port: number;
  /** Takes no new connection, lets open requests end, and resolves when they have. */
  close(): Promise<void>;
}

/** How long a sender may take for its headers, and for a whole request. */
const headersTimeoutMs = 5_000;
const requestTimeoutMs = 30_000;
/** How long open requests may take to end once the server closes. */
const drainTimeoutMs = 15_000;

/** Starts the main port: one `node:http` handler for every path. */
export async function startAdapterServer(options: AdapterServerOptions): Promise<AdapterServer> {
  let isClosing = false;
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const answer = await answerTo(request, options);
    if (isClosing) response.shouldKeepAlive = false;
    if (answer !== undefined) writeAnswer(response, answer);
  };
  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs },
    (request, response) => void serve(request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const close = () => {
    isClosing = true;
    return closed(server);
  };
  return { port: (server.address() as AddressInfo).port, close };
}

async function answerTo(
  request: IncomingMessage,
  options: AdapterServerOptions,
): Promise<Answer | undefined> {
  const startedAt = performance.now();
  let handled: HandledRequest;
  try {
    handled = await handleRequest(request, options.context);
  } catch (error) {
    options.onError(error);
    handled = { endpoint: 'none', answer: internalError };
  }
  options.onHandled(handled, performance.now() - startedAt);
  return handled.answer;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => server.closeAllConnections(), drainTimeoutMs);
    server.close((error) => {
      clearTimeout(timer);
      if (error === undefined) resolve();
      else reject(error);
    });
    server.closeIdleConnections();
  });
}
