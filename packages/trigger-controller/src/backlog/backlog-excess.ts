/** What one Trigger has not settled of a stream. */
export interface Backlog {
  readonly triggerUid: string;
  /** Events that no dispatcher has had yet. */
  readonly pendingCount: number;
  /** Events that are open at the subscriber or wait for a retry. */
  readonly openCount: number;
  /** Everything up to there is settled. */
  readonly settledUpTo: number;
  /** What comes after that is pending. */
  readonly deliveredUpTo: number;
  /** What was ordered before is not done and does not get on: it hangs on requests that are open. */
  readonly isStuck: boolean;
  /** Bytes that it may hold. */
  readonly maxBytes: number;
}

export interface FilledStream {
  readonly messages: number;
  readonly bytes: number;
  /** Not above 0 = no limit. */
  readonly maxBytes: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
}

/** A Trigger that exceeds its bound is brought down to this part of it, so that it is not told something every second. */
const keptPart = 0.8;
/** A stream fuller than this is about to refuse events of everybody. */
const pressurePart = 0.9;
const relievedPart = 0.2;

/**
 * Up to which sequence each Trigger's events are to be parked. JetStream counts what a consumer holds but does not weigh
 * it, so the bytes are those of average events, and the oldest are found as if they were spread evenly: the next look
 * corrects that. Where it misjudges so much that the stream fills all the same, the oldest fifth of it has to go.
 */
export function backlogExcess(
  stream: FilledStream,
  backlogs: readonly Backlog[],
): ReadonlyMap<string, number> {
  const excess = new Map<string, number>();
  for (const backlog of backlogs) {
    const sequence = excessOf(stream, backlog);
    if (sequence !== undefined) excess.set(backlog.triggerUid, sequence);
  }
  return excess.size > 0 || !isUnderPressure(stream) ? excess : oldestPart(stream, backlogs);
}

function excessOf(stream: FilledStream, backlog: Backlog): number | undefined {
  const heldCount = heldBy(backlog);
  const eventBytes = stream.bytes / Math.max(1, stream.messages);
  if (heldCount * eventBytes <= backlog.maxBytes) return undefined;
  const excessCount = heldCount - Math.floor((backlog.maxBytes * keptPart) / eventBytes);
  return sequenceOf(stream, backlog, excessCount);
}

/** The sequence of the newest of that many oldest events. */
function sequenceOf(stream: FilledStream, backlog: Backlog, count: number): number {
  const { pendingCount } = backlog;
  const settled = lastSettled(stream, backlog);
  const delivered = Math.max(settled, backlog.deliveredUpTo);
  // What hangs must not be counted on.
  const openCount = backlog.isStuck ? 0 : backlog.openCount;
  if (count <= openCount) return settled + spread(delivered - settled, count, openCount);
  const ofPending = Math.min(count - openCount, pendingCount);
  return delivered + spread(stream.lastSequence - delivered, ofPending, pendingCount);
}

function spread(width: number, count: number, total: number): number {
  return total === 0 ? 0 : Math.ceil((width * count) / total);
}

function heldBy({ pendingCount, openCount }: Backlog): number {
  return pendingCount + openCount;
}

function isUnderPressure({ bytes, maxBytes }: FilledStream): boolean {
  return maxBytes > 0 && bytes >= maxBytes * pressurePart;
}

function oldestPart(stream: FilledStream, backlogs: readonly Backlog[]): Map<string, number> {
  const { firstSequence, lastSequence } = stream;
  const sequence = firstSequence + Math.floor((lastSequence - firstSequence) * relievedPart);
  const holders = backlogs.filter(
    (backlog) => heldBy(backlog) > 0 && lastSettled(stream, backlog) < sequence,
  );
  return new Map(holders.map(({ triggerUid }) => [triggerUid, sequence]));
}

function lastSettled({ firstSequence }: FilledStream, { settledUpTo }: Backlog): number {
  return Math.max(settledUpTo, firstSequence - 1);
}
