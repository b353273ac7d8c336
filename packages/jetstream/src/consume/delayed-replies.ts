/**
 * Where messages that went back with a long delay were settled, by sequence: a second NAK to there brings one back at
 * once. Bounded, oldest out: what is forgotten only waits for its delay.
 */
export class DelayedReplies {
  readonly #bySequence = new Map<number, string>();
  readonly #capacity: number;

  constructor(capacity = 1_024) {
    this.#capacity = capacity;
  }

  remember(sequence: number, replySubject: string): void {
    this.#bySequence.delete(sequence);
    this.#bySequence.set(sequence, replySubject);
    if (this.#bySequence.size <= this.#capacity) return;
    const [oldest] = this.#bySequence.keys();
    if (oldest !== undefined) this.#bySequence.delete(oldest);
  }

  forget(sequence: number): void {
    this.#bySequence.delete(sequence);
  }

  /** Those up to that sequence; they are forgotten. */
  take(upToSequence: number): string[] {
    const taken = [...this.#bySequence].filter(([sequence]) => sequence <= upToSequence);
    for (const [sequence] of taken) this.#bySequence.delete(sequence);
    return taken.map(([, replySubject]) => replySubject);
  }
}
