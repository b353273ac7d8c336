import type { KubernetesObject } from '@jetmesh/eventing-api';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API server of one kind whose faults a test chooses; everything it says is what a real one would say. */
export class ScriptedApiServer {
  readonly #server: Server;
  readonly #watches = new Set<ServerResponse>();
  readonly #history: { resourceVersion: number; line: string }[] = [];
  #isPaused = false;
  readonly requests: string[] = [];
  objects = new Map<string, KubernetesObject>();
  resourceVersion = 100;
  /** The oldest resourceVersion that a watch may start from. */
  oldest = 0;
  /** Answers the next requests instead of the server, first come first served. */
  readonly faults: ((request: IncomingMessage, response: ServerResponse) => void)[] = [];

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request: IncomingMessage, response: ServerResponse) =>
      this.#answer(request, response),
    );
  }

  static async start(port = 0): Promise<ScriptedApiServer> {
    const server = createServer();
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new ScriptedApiServer(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get watchCount(): number {
    return this.#watches.size;
  }

  put(name: string): void {
    const known = this.objects.get(name);
    const type = known === undefined ? 'ADDED' : 'MODIFIED';
    const uid = known?.metadata.uid ?? `uid-${this.resourceVersion}`;
    const object = this.#version({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'ns', uid },
    });
    this.objects.set(name, object);
    this.#tell(type, object);
  }

  remove(name: string): void {
    const object = this.objects.get(name);
    if (object === undefined) return;
    this.objects.delete(name);
    this.#tell('DELETED', this.#version(object));
  }

  bookmark(): void {
    const metadata = { name: '', resourceVersion: String(++this.resourceVersion) };
    this.#tell('BOOKMARK', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
  }

  /** The watches there are hear nothing more. */
  pauseWatches(): void {
    this.#isPaused = true;
  }

  /** An ERROR event in every watch, and the end of it. */
  failWatches(code: number, reason: string): void {
    for (const watch of this.#watches) {
      watch.end(
        `${JSON.stringify({ type: 'ERROR', object: { code, reason, message: reason } })}\n`,
      );
    }
  }

  /** The end of every watch in order, everything said before delivered. */
  endWatches(): void {
    for (const watch of this.#watches) watch.end();
  }

  cutWatches(): void {
    for (const watch of this.#watches) watch.socket?.destroy();
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #version(object: KubernetesObject): KubernetesObject {
    const resourceVersion = String(++this.resourceVersion);
    return { ...object, metadata: { ...object.metadata, resourceVersion } };
  }

  #tell(type: string, object: KubernetesObject): void {
    const line = `${JSON.stringify({ type, object })}\n`;
    this.#history.push({ resourceVersion: this.resourceVersion, line });
    if (this.#isPaused) return;
    for (const watch of this.#watches) watch.write(line);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const fault = this.faults.shift();
    if (fault !== undefined) {
      fault(request, response);
      return;
    }
    this.serve(request, response);
  }

  /** The answer without a fault; writes are taken and not stored. */
  serve(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET') {
      response.end(JSON.stringify({ metadata: {} }));
      return;
    }
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    if (query.get('watch') === 'true') this.#watch(Number(query.get('resourceVersion')), response);
    else this.#list(query, response);
  }

  #list(query: URLSearchParams, response: ServerResponse): void {
    const all = [...this.objects.values()];
    const from = Number(query.get('continue') ?? 0);
    const to = from + Number(query.get('limit') ?? all.length);
    const metadata = {
      resourceVersion: String(this.resourceVersion),
      ...(to < all.length ? { continue: String(to) } : {}),
    };
    response.end(JSON.stringify({ kind: 'ConfigMapList', metadata, items: all.slice(from, to) }));
  }

  #watch(from: number, response: ServerResponse): void {
    if (from < this.oldest) {
      response.writeHead(410).end(JSON.stringify({ kind: 'Status', code: 410, reason: 'Expired' }));
      return;
    }
    this.#isPaused = false;
    response.writeHead(200);
    response.flushHeaders();
    for (const { resourceVersion, line } of this.#history) {
      if (resourceVersion > from) response.write(line);
    }
    this.#watches.add(response);
    response.on('close', () => this.#watches.delete(response));
  }
}

export function answerWith(code: number, headers: Record<string, string> = {}) {
  return (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(code, headers).end(JSON.stringify({ kind: 'Status', code, message: 'no' }));
  };
}
