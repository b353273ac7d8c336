import { objectKey, type Subscription, type Trigger } from '@jetmesh/eventing-api';
import { brokerReadBy } from './path-brokers.ts';

const uidLabel = 'jetmesh.dev/subscription-uid';

/** Whether the bridge made this Trigger for a Subscription. */
export function isBridged({ metadata }: Trigger): boolean {
  return metadata.labels?.[uidLabel] !== undefined;
}

/** The Triggers that serve a Subscription on one Broker. */
export interface ServingTriggers {
  /** Made by the bridge, one for each filter. */
  readonly own: readonly Trigger[];
  /** A user's, which the bridge found to deliver the same already. */
  readonly users: readonly Trigger[];
}

export function servingTriggers(
  subscription: Subscription,
  triggers: readonly Trigger[],
  broker: string,
): ServingTriggers {
  const used = usersTriggerKeys(subscription);
  const readers = triggers.filter((trigger) => {
    return brokerReadBy(trigger) === broker && trigger.metadata.deletionTimestamp === undefined;
  });
  return {
    own: readers.filter(({ metadata }) => {
      return metadata.labels?.[uidLabel] === subscription.metadata.uid;
    }),
    users: readers.filter((trigger) => {
      return !isBridged(trigger) && used.includes(objectKey(trigger.metadata));
    }),
  };
}

/** The end of its name, the same for the bus Trigger and the mesh Trigger of one filter. */
export function filterMarkOf({ metadata }: Trigger): string {
  return metadata.name.slice(metadata.name.lastIndexOf('-') + 1);
}

/** Keys of the Triggers of somebody else that the bridge uses for a Subscription, as its status says. */
export function usersTriggerKeys({ status }: Subscription): readonly string[] {
  return status?.usedTriggers ?? [];
}
