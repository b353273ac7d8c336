import type { Dispatcher } from 'undici';
import type { Attempt } from './attempt.ts';

/** How much of a body is kept, chosen when the head is known; what exceeds it is read and dropped. */
export type BodyLimit = (status: number, headers: readonly string[]) => number;

/** A body that goes on for this long after what is kept is not worth the connection. */
const discardLimitBytes = 256 * 1024;

const emptyBody = Buffer.alloc(0);

class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}
class BodyCutError extends Error {
  override readonly name = 'BodyCutError';
}

/**
 * Follows one request to its end and tells it once. Waiting -> (head) answered -> done; from every state the deadline
 * or a broken connection leads to done. After that, whatever undici still reports is ignored.
 */
export class AttemptHandler implements Dispatcher.DispatchHandler {
  /** The first byte of an answer has come; without it the request may have met a closing connection. */
  hasAnswerBegun = false;
  /** Called once when the request has ended, however. */
  onEnd: (() => void) | undefined = undefined;

  readonly #limitOf: BodyLimit;
  readonly #done: (attempt: Attempt, handler: AttemptHandler) => void;
  readonly #timer: NodeJS.Timeout;
  #isDone = false;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: string[] = [];
  #chunks: Buffer[] = [];
  #keptBytes = 0;
  #receivedBytes = 0;
  #limitBytes = 0;

  constructor(
    timeoutMs: number,
    limitOf: BodyLimit,
    done: (attempt: Attempt, handler: AttemptHandler) => void,
  ) {
    this.#limitOf = limitOf;
    this.#done = done;
    this.#timer = setTimeout(() => this.#expire(timeoutMs), timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isDone) controller.abort(new DeadlineError());
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    this.hasAnswerBegun = true;
    if (status < 200) return;
    this.#status = status;
    this.#headers = flatHeaders(controller.rawHeaders);
    this.#limitBytes = this.#limitOf(status, this.#headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#receivedBytes += chunk.length;
    const room = this.#limitBytes - this.#keptBytes;
    if (room > 0) {
      const kept = chunk.subarray(0, room);
      this.#chunks.push(kept);
      this.#keptBytes += kept.length;
    }
    if (this.#receivedBytes > this.#limitBytes + discardLimitBytes) {
      this.#finish(this.#answer());
      controller.abort(new BodyCutError());
    }
  }

  onResponseEnd(): void {
    this.#finish(this.#answer());
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#finish({ kind: 'unanswered', reason: 'connection', detail: describe(error) });
  }

  /** Ends the request now: it counts as not answered. */
  abort(detail: string): void {
    this.#finish({ kind: 'unanswered', reason: 'connection', detail });
    this.#controller?.abort(new DeadlineError());
  }

  #expire(timeoutMs: number): void {
    this.#finish({
      kind: 'unanswered',
      reason: 'timeout',
      detail: `no complete answer within ${timeoutMs} ms`,
    });
    this.#controller?.abort(new DeadlineError());
  }

  #finish(attempt: Attempt): void {
    if (this.#isDone) return;
    this.#isDone = true;
    clearTimeout(this.#timer);
    this.onEnd?.();
    this.#done(attempt, this);
  }

  #answer(): Attempt {
    return {
      kind: 'answered',
      status: this.#status,
      headers: this.#headers,
      // A copy: what outlives the request must not hold the socket's whole chunk.
      body: this.#chunks.length === 0 ? emptyBody : Buffer.concat(this.#chunks),
      isBodyCut: this.#receivedBytes > this.#keptBytes,
    };
  }
}

/** The byte strings of the answer's head; undici hands out buffers. */
function flatHeaders(rawHeaders: Dispatcher.DispatchController['rawHeaders']): string[] {
  if (!Array.isArray(rawHeaders)) return [];
  return rawHeaders.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
}

/** One line; when several addresses were tried, the first error speaks for all. */
function describe(error: Error): string {
  const { message } = 'errors' in error ? ((error.errors as Error[])[0] ?? error) : error;
  const code = 'code' in error ? String(error.code) : error.name;
  return `${code}: ${message}`;
}
