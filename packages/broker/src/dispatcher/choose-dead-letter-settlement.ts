/** What happens to a message after an attempt at its dead letter sink. */
export type DeadLetterSettlement =
  | { readonly kind: 'ack' }
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'park' };

const firstDelayMs = 500;
const longestDelayMs = 60_000;
/** With the delays above about an hour: a sink that is down for longer keeps its events in the dead-letter stream. */
const attemptLimit = 66;

/** Chooses after attempt number `attempt` (from 1) at the sink: any answer but success is tried again, later and later. */
export function chooseDeadLetterSettlement(
  isTaken: boolean,
  attempt: number,
): DeadLetterSettlement {
  if (isTaken) return { kind: 'ack' };
  if (attempt >= attemptLimit) return { kind: 'park' };
  return { kind: 'retry', delayMs: deadLetterDelayMs(attempt) };
}

/** How long an event waits after attempt number `attempt` (from 1) to hand it to a sink or to park it. */
export function deadLetterDelayMs(attempt: number): number {
  return Math.min(firstDelayMs * 2 ** Math.min(attempt - 1, 30), longestDelayMs);
}
