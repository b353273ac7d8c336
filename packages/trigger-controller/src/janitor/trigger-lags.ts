import type { Trigger } from '@jetmesh/eventing-api';
import type { ConsumerState, StreamAdmin, StreamSummary } from '@jetmesh/jetstream';
import { familyOf } from '../trigger/consumer-owner.ts';

/** How far a Trigger is behind: events that it has yet to deliver, and since when the oldest of them is stored. */
export interface TriggerLag {
  readonly namespace: string;
  readonly trigger: string;
  readonly pendingCount: number;
  /** Undefined: nothing is pending, or the event is just being purged. */
  readonly oldestStoredAtMs: number | undefined;
}

/** Each costs a request: beyond that many at one look, the stream's oldest event stands in. */
const mostReads = 100;

/** The lags of the Triggers that own these consumers of a stream. */
export async function triggerLags(
  stream: StreamSummary,
  consumers: readonly ConsumerState[],
  families: ReadonlyMap<string, Trigger>,
  admin: Pick<StreamAdmin, 'readMessage'>,
): Promise<TriggerLag[]> {
  let readCount = 0;
  const lags: TriggerLag[] = [];
  for (const consumer of consumers) {
    const metadata = families.get(familyOf(consumer.name) ?? '')?.metadata;
    if (metadata === undefined) continue;
    const pendingCount = consumer.numPending + consumer.numAckPending;
    const isAtStart = consumer.ackFloorStreamSequence < stream.firstSequence;
    const mayRead = pendingCount > 0 && !isAtStart && readCount < mostReads;
    if (mayRead) readCount += 1;
    const oldest = mayRead
      ? (await admin.readMessage(stream.name, consumer.ackFloorStreamSequence + 1))?.timestampMs
      : stream.firstTimestampMs;
    lags.push({
      namespace: metadata.namespace ?? '',
      trigger: metadata.name,
      pendingCount,
      oldestStoredAtMs: pendingCount === 0 ? undefined : oldest,
    });
  }
  return lags;
}
