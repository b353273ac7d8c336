import type { DeadLetterReason } from './choose-settlement.ts';
import type { Failure } from './outcome.ts';

/** An event whose subscriber has had all its attempts and that is on its way to the dead letter sink or stream. */
export interface ExhaustedDelivery {
  readonly reason: DeadLetterReason;
  readonly failure: Failure;
  readonly attemptCount: number;
  /** Attempts so far to hand it to the sink or to park it. */
  readonly deadLetterAttempts: number;
  /** Since when it is to go to the sink. */
  readonly sinceMs: number;
}

/**
 * Remembers by stream sequence which events of one Trigger are exhausted, so that a redelivery of them goes to the
 * sink and not to the subscriber. Bounded, oldest out: what is forgotten (so after a restart) costs one more attempt.
 */
export class ExhaustedDeliveries {
  readonly #bySequence = new Map<number, ExhaustedDelivery>();
  readonly #capacity: number;

  constructor(capacity = 1024) {
    this.#capacity = capacity;
  }

  recall(sequence: number): ExhaustedDelivery | undefined {
    return this.#bySequence.get(sequence);
  }

  remember(sequence: number, delivery: ExhaustedDelivery): void {
    this.#bySequence.delete(sequence);
    this.#bySequence.set(sequence, delivery);
    if (this.#bySequence.size <= this.#capacity) return;
    for (const oldest of this.#bySequence.keys()) {
      this.#bySequence.delete(oldest);
      return;
    }
  }

  forget(sequence: number): void {
    this.#bySequence.delete(sequence);
  }
}
