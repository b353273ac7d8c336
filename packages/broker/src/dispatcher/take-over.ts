/** What another dispatcher had got and not settled when this one took over. */
export interface UnsettledBacklog {
  /** The newest event that the stream had handed out. */
  readonly upToSequence: number;
  /** How many up to there come once more. */
  readonly count: number;
}

/** Counts the events that a predecessor left until all of them have come. */
export class TakeOver {
  readonly #backlog: UnsettledBacklog;
  readonly #seen = new Set<number>();

  constructor(backlog: UnsettledBacklog) {
    this.#backlog = backlog;
  }

  /** True once nothing older than the newest of them is still to come. */
  see(sequence: number): boolean {
    if (sequence <= this.#backlog.upToSequence) this.#seen.add(sequence);
    return this.#seen.size >= this.#backlog.count;
  }
}
