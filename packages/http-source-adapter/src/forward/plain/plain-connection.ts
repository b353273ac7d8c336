import { connect, type Socket } from 'node:net';
import { AnswerReader, type CompleteAnswer } from './answer-reader.ts';

export type Exchange = CompleteAnswer | { readonly kind: 'broken'; readonly detail: string };

/**
 * One HTTP/1.1 connection without TLS, one request at a time.
 *
 *   connecting → idle ⇄ busy
 *   any → closed: by the server, by a fault, or because the answer forbids another request; what was open is `broken`
 */
export class PlainConnection {
  readonly #socket: Socket;
  readonly #onIdle: (connection: PlainConnection) => void;
  readonly #onClosed: (connection: PlainConnection) => void;
  #reader = new AnswerReader();
  #settle: ((exchange: Exchange) => void) | undefined;
  #reusableUntilMs = Infinity;
  #fault = 'the connection was closed';

  constructor(
    target: { readonly hostname: string; readonly port: number },
    listeners: {
      readonly onIdle: (connection: PlainConnection) => void;
      readonly onClosed: (connection: PlainConnection) => void;
    },
  ) {
    this.#onIdle = listeners.onIdle;
    this.#onClosed = listeners.onClosed;
    this.#socket = connect({ host: target.hostname, port: target.port, noDelay: true });
    this.#socket.on('data', (chunk) => this.#receive(chunk));
    this.#socket.on('error', (error) => (this.#fault = error.message));
    this.#socket.on('end', () => this.#end());
    this.#socket.on('close', () => this.#close());
  }

  /** Whether the server still expects a request. */
  isUsable(nowMs: number): boolean {
    return !this.#socket.destroyed && nowMs < this.#reusableUntilMs;
  }

  /** Writes a request and tells its answer once; before the connection is open it waits there. */
  send(pieces: readonly Buffer[], settle: (exchange: Exchange) => void): void {
    this.#settle = settle;
    this.#reader = new AnswerReader();
    this.#socket.ref();
    for (const piece of pieces) this.#socket.write(piece);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    const reading = this.#reader.read(chunk.toString('latin1'));
    if (reading === 'more' && this.#settle !== undefined) return;
    if (reading === 'more' || reading.kind === 'malformed' || this.#settle === undefined) {
      this.#fault = reading === 'more' || reading.kind === 'answer' ? unasked : reading.detail;
      this.destroy();
      return;
    }
    this.#answer(reading);
  }

  #end(): void {
    const reading = this.#settle && this.#reader.end();
    if (reading !== undefined && reading !== 'more' && reading.kind === 'answer') {
      this.#answer(reading);
    }
    this.destroy();
  }

  #answer(answer: CompleteAnswer): void {
    const settle = this.#settle;
    this.#settle = undefined;
    if (answer.reusableMs === 0) {
      this.destroy();
    } else {
      this.#reusableUntilMs = performance.now() + answer.reusableMs;
      this.#socket.unref();
      this.#onIdle(this);
    }
    settle?.(answer);
  }

  #close(): void {
    const settle = this.#settle;
    this.#settle = undefined;
    this.#onClosed(this);
    settle?.({ kind: 'broken', detail: this.#fault });
  }
}

const unasked = 'the server sent what nobody had asked for';
