import { tooManyRequests } from '../errors/api-errors.ts';

/** Runs writes one after another, so that the order of revisions is the order of decisions. Bounded. */
export class WriteQueue {
  readonly #maxWaiting: number;
  #waitingCount = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  run<T>(write: () => Promise<T>): Promise<T> {
    if (this.#waitingCount >= this.#maxWaiting) return Promise.reject(tooManyRequests());
    this.#waitingCount += 1;
    const turn = this.#last.then(write).finally(() => (this.#waitingCount -= 1));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when every write that was accepted is done. */
  async drained(): Promise<void> {
    await this.#last;
  }
}
