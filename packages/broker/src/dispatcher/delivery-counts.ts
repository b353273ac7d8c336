import type { Outcome } from './outcome.ts';

export const attemptOutcomes = [
  'delivered',
  'delivered-with-reply',
  'retryable',
  'rejected',
] as const satisfies readonly Outcome['kind'][];

export const settlementKinds = ['ack', 'filtered', 'retry', 'dead-letter', 'park'] as const;

export const replyResults = ['stored', 'not-stored', 'refused'] as const;

/**
 * What one Trigger's deliveries came to. Plain numbers: they are turned into metrics when somebody asks, so that
 * counting costs an event nothing.
 */
export class DeliveryCounts {
  readonly attempts = zeros(attemptOutcomes);
  readonly settlements = zeros(settlementKinds);
  readonly replies = zeros(replyResults);
  ignoredBodies = 0;
  inFlight = 0;
}

function zeros<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
}
