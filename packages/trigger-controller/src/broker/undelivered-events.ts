import { objectKey, type Broker, type Trigger } from '@jetmesh/eventing-api';
import {
  deadLetterStreamName,
  groupConsumerName,
  retryStreamName,
  streamName,
  type ConsumerState,
  type StreamAdmin,
} from '@jetmesh/jetstream';
import { byConsumerFamily } from '../janitor/orphans.ts';
import { familyOf } from '../trigger/consumer-owner.ts';
import { placeInStatus } from '../trigger/consumer-place.ts';

/** What would be lost if a Broker's streams went now. */
export interface UndeliveredEvents {
  /** Deliveries that Triggers still owe their subscribers, by the Trigger. */
  readonly pending: ReadonlyMap<string, number>;
  /** Events in the dead-letter stream. */
  readonly parkedCount: number;
  /** Sequence of the newest event: a change says that somebody still stores. */
  readonly lastSequence: number;
}

/** Consumers without a Trigger owe nothing to anybody. */
export async function undeliveredEvents(
  { metadata }: Broker,
  triggers: readonly Trigger[],
  admin: StreamAdmin,
): Promise<UndeliveredEvents> {
  const uid = metadata.uid ?? '';
  const stream = streamName(uid);
  const [state, parked] = await Promise.all([
    admin.streamState(stream),
    admin.streamState(deadLetterStreamName(uid)),
  ]);
  const consumers = state === undefined ? [] : await consumersOf(uid, admin);
  const families = byConsumerFamily(triggers);
  const isShared = triggers.some((one) => placeInStatus(one)?.stream === retryStreamName(uid));
  const pending = new Map<string, number>();
  for (const { name, numPending, numAckPending } of consumers) {
    const trigger = families.get(familyOf(name) ?? '');
    const count = numPending + numAckPending;
    const ofGroup = isShared ? sharing : undefined;
    const key = name === groupConsumerName ? ofGroup : trigger && objectKey(trigger.metadata);
    if (key === undefined || count === 0) continue;
    pending.set(key, (pending.get(key) ?? 0) + count);
  }
  return { pending, parkedCount: parked?.messages ?? 0, lastSequence: state?.lastSequence ?? 0 };
}

/** What is in the shared consumer may be for any of its Triggers, or for none. */
const sharing = 'Triggers that share a consumer';

async function consumersOf(brokerUid: string, admin: StreamAdmin): Promise<ConsumerState[]> {
  const retryStream = retryStreamName(brokerUid);
  const retries =
    (await admin.streamState(retryStream)) === undefined ? [] : admin.listConsumers(retryStream);
  return [...(await admin.listConsumers(streamName(brokerUid))), ...(await retries)];
}

/** As a person reads it; undefined when nothing is undelivered. */
export function undeliveredText({ pending, parkedCount }: UndeliveredEvents): string | undefined {
  const deliveryCount = [...pending.values()].reduce((sum, count) => sum + count, 0);
  const triggers = [...pending.keys()].sort();
  const named = triggers.slice(0, mostNamed).join(', ');
  const others = triggers.length > mostNamed ? `, ${triggers.length - mostNamed} more` : '';
  const parts = [
    ...(deliveryCount === 0
      ? []
      : [`${counted(deliveryCount, 'delivery', 'deliveries')} of ${named}${others}`]),
    ...(parkedCount === 0 ? [] : [counted(parkedCount, 'parked event', 'parked events')]),
  ];
  return parts.length === 0 ? undefined : parts.join(' and ');
}

const mostNamed = 5;

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
