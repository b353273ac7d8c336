import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, type Dispatcher } from 'undici';
import type { KubeApiAccess } from '../kube/support/kube-api-under-test.ts';

/** What happens to a request. */
export type ApiFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: 'late'; readonly delayMs: number }
  | { readonly kind: 'cut' };

/** An HTTP proxy before a Kubernetes API, with faults that a test chooses. */
export class FaultyApi {
  readonly #server: Server;
  readonly #access: KubeApiAccess;
  readonly #upstream: Agent;
  readonly #open = new Set<{ body: Dispatcher.ResponseData['body']; response: ServerResponse }>();
  /** Asked for each request. */
  faultOf: (request: IncomingMessage) => ApiFault = () => ({ kind: 'none' });
  /** Methods and paths of the writes that came through. */
  readonly writes: string[] = [];

  private constructor(server: Server, access: KubeApiAccess) {
    const ca = access.certificateAuthority;
    this.#server = server;
    this.#access = access;
    this.#upstream = new Agent(ca === undefined ? {} : { connect: { ca } });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(access: KubeApiAccess): Promise<FaultyApi> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FaultyApi(server, access);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers that go on, watches, say nothing more and do not end, as when one end was lost. */
  swallow(): void {
    for (const { body, response } of this.#open) body.unpipe(response);
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await this.#upstream.destroy();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.faultOf(request);
    switch (fault.kind) {
      case 'cut':
        request.socket.destroy();
        return;
      case 'answer': {
        const { status, retryAfter } = fault;
        response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
        response.end(JSON.stringify({ kind: 'Status', code: status }));
        return;
      }
      case 'late':
        await delay(fault.delayMs);
        break;
      case 'none':
        break;
    }
    await this.#pass(request, response);
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    const { accept, 'content-type': contentType } = request.headers;
    const { token } = this.#access;
    if (method !== 'GET') this.writes.push(`${method} ${url}`);
    const answer = await this.#upstream.request({
      origin: this.#access.url,
      path: url,
      method: method,
      headers: {
        ...(accept === undefined ? {} : { accept }),
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: method === 'GET' ? null : request,
      bodyTimeout: 0,
    });
    const { 'content-type': type = 'application/json' } = answer.headers;
    response.writeHead(answer.statusCode, { 'content-type': type });
    response.flushHeaders();
    const open = { body: answer.body, response };
    this.#open.add(open);
    answer.body.on('error', () => response.destroy());
    answer.body.pipe(response);
    response.on('close', () => {
      this.#open.delete(open);
      answer.body.destroy();
    });
  }
}
