import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ReceiveRequest = (
  request: IncomingMessage,
  response: ServerResponse,
  isContinueExpected: boolean,
) => void;

/** Longer than the idle time of usual load balancers and clients, so that they and not we close first. */
const keepAliveTimeoutMs = 75_000;
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
/** How long requests that are being answered hold up the end. */
const closeDeadlineMs = 15_000;
const closeIdleEveryMs = 50;

/** The HTTP door: sockets, their timeouts, and an orderly end. */
export class IngressServer {
  readonly #server: Server;

  constructor(receive: ReceiveRequest) {
    this.#server = createServer({
      keepAliveTimeout: keepAliveTimeoutMs,
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
    });
    this.#server.on('request', (request, response) => receive(request, response, false));
    this.#server.on('checkContinue', (request, response) => receive(request, response, true));
  }

  /** The port that it listens on. */
  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, host, resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Takes no new connection, answers what is in flight, and closes each connection as it becomes idle. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const closeIdle = setInterval(() => this.#server.closeIdleConnections(), closeIdleEveryMs);
    const deadline = setTimeout(() => this.#server.closeAllConnections(), closeDeadlineMs);
    await closed;
    clearInterval(closeIdle);
    clearTimeout(deadline);
  }
}
