/** Deliveries that were begun in one stretch of time; the count goes down as they end. */
export interface Stretch {
  openCount: number;
}

/**
 * Counts the deliveries that are open and have not been for long. A bound on them keeps a burst from opening thousands of
 * connections at once, while what hangs soon counts no more and holds back nobody.
 */
export class YoungDeliveries {
  #current: Stretch = { openCount: 0 };
  #previous: Stretch = { openCount: 0 };

  get count(): number {
    return this.#current.openCount + this.#previous.openCount;
  }

  begin(): Stretch {
    this.#current.openCount += 1;
    return this.#current;
  }

  end(begunIn: Stretch): void {
    begunIn.openCount -= 1;
  }

  /** A stretch is over: what was begun in the one before the last is young no more. */
  age(): void {
    this.#previous = this.#current;
    this.#current = { openCount: 0 };
  }
}
