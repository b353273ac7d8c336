import { objectKey } from '../kubernetes/object-key.ts';
import { subscriptionUidOf } from '../subscription/bridged-trigger.ts';
import type { Subscription } from '../subscription/subscription.ts';
import { isWatchedDrain, triggerDrainAnnotations } from '../trigger/trigger-drain.ts';
import type { Trigger } from '../trigger/trigger.ts';
import { brokerReadBy } from './path-brokers.ts';

/** The Triggers that serve a Subscription on one Broker. */
export interface ServingTriggers {
  /** Made by the bridge, one for each filter. */
  readonly own: readonly Trigger[];
  /** A user's, which the bridge found to deliver the same already. */
  readonly users: readonly Trigger[];
}

/** Triggers by the Broker that they read, then by what they are looked up by: built once for a plan. */
export type BrokerReaders = ReadonlyMap<string, ReadonlyMap<string, readonly Trigger[]>>;

export function brokerReaders(triggers: readonly Trigger[]): BrokerReaders {
  const readers = new Map<string, Map<string, Trigger[]>>();
  for (const trigger of triggers) {
    if (trigger.metadata.deletionTimestamp !== undefined || isBeingRemoved(trigger)) continue;
    const broker = brokerReadBy(trigger);
    const ofBroker = readers.get(broker) ?? new Map<string, Trigger[]>();
    readers.set(broker, ofBroker);
    const name = lookupName(trigger);
    ofBroker.set(name, [...(ofBroker.get(name) ?? []), trigger]);
  }
  return readers;
}

/** The bridge drains it before it deletes it: nobody wants new events of it. */
function isBeingRemoved({ metadata }: Trigger): boolean {
  const request = metadata.annotations?.[triggerDrainAnnotations.requested];
  return request !== undefined && !isWatchedDrain(request);
}

export function servingTriggers(
  subscription: Subscription,
  readers: BrokerReaders,
  broker: string,
): ServingTriggers {
  const named = (name: string) => readers.get(broker)?.get(name) ?? [];
  return {
    own: named(`uid ${subscription.metadata.uid ?? ''}`),
    users: usersTriggerKeys(subscription).flatMap((key) => named(`key ${key}`)),
  };
}

/** Whether the bridge made this Trigger for a Subscription. */
export function isBridged(trigger: Trigger): boolean {
  return subscriptionUidOf(trigger) !== undefined;
}

/** The end of its name, the same for the bus Trigger and the mesh Trigger of one filter. */
export function filterMarkOf({ metadata }: Trigger): string {
  return metadata.name.slice(metadata.name.lastIndexOf('-') + 1);
}

/** Keys of the Triggers of somebody else that the bridge uses for a Subscription, as its status says. */
export function usersTriggerKeys({ status }: Subscription): readonly string[] {
  return status?.usedTriggers ?? [];
}

function lookupName(trigger: Trigger): string {
  const uid = subscriptionUidOf(trigger);
  return uid === undefined ? `key ${objectKey(trigger.metadata)}` : `uid ${uid}`;
}
