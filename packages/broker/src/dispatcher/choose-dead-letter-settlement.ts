/** What happens to a message after an attempt at its dead letter sink. */
export type DeadLetterSettlement =
  | { readonly kind: 'ack' }
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'park' };

export interface SinkAttempt {
  readonly isTaken: boolean;
  /** From 1. */
  readonly attempt: number;
  /** Since the event was first meant for the sink. */
  readonly elapsedMs: number;
  /** How long the sink may stay down. */
  readonly timeoutMs: number;
}

const firstDelayMs = 500;
const longestDelayMs = 60_000;

/** Any answer but success is tried again, later and later; the last attempt is made when the time is up. */
export function chooseDeadLetterSettlement(sink: SinkAttempt): DeadLetterSettlement {
  const { isTaken, attempt, elapsedMs, timeoutMs } = sink;
  if (isTaken) return { kind: 'ack' };
  const leftMs = timeoutMs - elapsedMs;
  if (leftMs <= 0) return { kind: 'park' };
  return { kind: 'retry', delayMs: Math.min(deadLetterDelayMs(attempt), leftMs) };
}

/** How long an event waits after attempt number `attempt` (from 1) to hand it to a sink or to park it. */
export function deadLetterDelayMs(attempt: number): number {
  return Math.min(firstDelayMs * 2 ** Math.min(attempt - 1, 30), longestDelayMs);
}
