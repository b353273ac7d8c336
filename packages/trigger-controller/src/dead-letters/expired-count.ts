import type { StreamSummary } from '@jetmesh/jetstream';

export type DeadLetterStreamState = Pick<
  StreamSummary,
  | 'messages'
  | 'bytes'
  | 'maxBytes'
  | 'maxAgeMs'
  | 'firstTimestampMs'
  | 'lastSequence'
  | 'removedBetweenCount'
>;

/** A stream with less room than this gives up its oldest for the next one. */
const fullPart = 0.9;

/**
 * How many parked events the server has deleted between two looks because they were too old or too many. It does not
 * say, but only then does it delete: the oldest was due, or the stream is full. What operators took is told apart by
 * where it lay: theirs may be anywhere, the server takes the oldest.
 */
export function expiredCount(
  before: DeadLetterStreamState,
  now: DeadLetterStreamState,
  nowMs: number,
): number {
  if (before.messages === 0) return 0;
  const wasDue = now.maxAgeMs > 0 && before.firstTimestampMs + now.maxAgeMs <= nowMs;
  const isFull = now.maxBytes > 0 && now.bytes >= now.maxBytes * fullPart;
  if (!wasDue && !isFull) return 0;
  const storedCount = now.lastSequence - before.lastSequence;
  const removedCount = before.messages + storedCount - now.messages;
  const takenCount = Math.max(0, now.removedBetweenCount - before.removedBetweenCount);
  return Math.max(0, removedCount - takenCount);
}
