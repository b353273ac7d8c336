import type { Failure, FinalOutcome } from './outcome.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** What happens to a message after an attempt at its subscriber. */
export type Settlement =
  | { readonly kind: 'ack' }
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'dead-letter'; readonly reason: DeadLetterReason; readonly failure: Failure };

/** Why an event is undeliverable; a parked event says it in a header. */
export type DeadLetterReason =
  | 'rejected'
  | 'retries-exhausted'
  | 'dead-letter-sink-unavailable'
  | 'not-an-event'
  | 'backlog-exceeded';

/**
 * Chooses the settlement after attempt number `attempt` (from 1). A redelivery after a crash may exceed
 * `retryCount + 1`: its attempt was made all the same, only no further one follows.
 */
export function chooseSettlement(
  outcome: FinalOutcome,
  attempt: number,
  policy: RetryPolicy,
): Settlement {
  switch (outcome.kind) {
    case 'delivered':
      return { kind: 'ack' };
    case 'rejected':
      return { kind: 'dead-letter', reason: 'rejected', failure: outcome.failure };
    case 'retryable':
      return attempt > policy.retryCount
        ? { kind: 'dead-letter', reason: 'retries-exhausted', failure: outcome.failure }
        : { kind: 'retry', delayMs: retryDelayMs(policy, attempt - 1, outcome.retryAfterMs) };
  }
}
