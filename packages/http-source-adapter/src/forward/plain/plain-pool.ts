import { PlainConnection, type Exchange } from './plain-connection.ts';

/** A request on its way: what a caller keeps of it is how to give it up. */
export interface OpenRequest {
  /** Its connection goes with it. */
  abort(): void;
}

interface PooledRequest {
  readonly pieces: readonly Buffer[];
  readonly settle: (exchange: Exchange) => void;
  /** Undefined while it waits for one. */
  connection: PlainConnection | undefined;
}

const sweepMs = 1_000;

/** Kept-alive connections to one origin. Whoever finds none free waits; callers bound how many wait, and for how long. */
export class PlainPool {
  readonly #target: { readonly hostname: string; readonly port: number };
  readonly #maxConnections: number;
  readonly #idle: PlainConnection[] = [];
  readonly #waiting = new Set<PooledRequest>();
  readonly #open = new Set<PlainConnection>();
  readonly #sweep = setInterval(() => this.#dropOutdated(), sweepMs).unref();

  constructor(
    target: { readonly hostname: string; readonly port: number },
    maxConnections: number,
  ) {
    this.#target = target;
    this.#maxConnections = maxConnections;
  }

  send(pieces: readonly Buffer[], settle: (exchange: Exchange) => void): OpenRequest {
    const request: PooledRequest = { pieces, settle, connection: undefined };
    const connection = this.#free();
    if (connection === undefined) this.#waiting.add(request);
    else begin(request, connection);
    return {
      abort: () => {
        this.#waiting.delete(request);
        request.connection?.destroy();
      },
    };
  }

  destroy(): void {
    clearInterval(this.#sweep);
    this.#waiting.clear();
    for (const connection of this.#open) connection.destroy();
  }

  #free(): PlainConnection | undefined {
    const nowMs = performance.now();
    for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop()) {
      if (last.isUsable(nowMs)) return last;
      last.destroy();
    }
    return this.#open.size < this.#maxConnections ? this.#connect() : undefined;
  }

  #dropOutdated(): void {
    const nowMs = performance.now();
    for (const idle of [...this.#idle]) if (!idle.isUsable(nowMs)) idle.destroy();
  }

  #connect(): PlainConnection {
    const connection = new PlainConnection(this.#target, {
      onIdle: (idle) => this.#take(idle),
      onClosed: (closed) => this.#forget(closed),
    });
    this.#open.add(connection);
    return connection;
  }

  #take(idle: PlainConnection): void {
    const next = this.#nextWaiting();
    if (next === undefined) this.#idle.push(idle);
    else begin(next, idle);
  }

  #forget(closed: PlainConnection): void {
    this.#open.delete(closed);
    const index = this.#idle.indexOf(closed);
    if (index >= 0) this.#idle.splice(index, 1);
    const next = this.#nextWaiting();
    if (next !== undefined) begin(next, this.#connect());
  }

  #nextWaiting(): PooledRequest | undefined {
    for (const waiting of this.#waiting) {
      this.#waiting.delete(waiting);
      return waiting;
    }
    return undefined;
  }
}

function begin(request: PooledRequest, connection: PlainConnection): void {
  request.connection = connection;
  connection.send(request.pieces, request.settle);
}
