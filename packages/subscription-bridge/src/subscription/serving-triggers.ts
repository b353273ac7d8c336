import {
  subscriptionUidOf,
  objectKey,
  type Subscription,
  type Trigger,
} from '@jetmesh/eventing-api';
import { indexes, type ClusterView } from '../cluster-view.ts';
import { deliversTheSame } from './delivers-the-same.ts';
import type { DeliveryTriggers } from './subscription-triggers.ts';
import type { DeliveryServing, ServingTrigger } from './trigger-report.ts';

/** Who serves the filters of a Subscription, and which Triggers the bridge has to make for that. */
export interface Serving {
  readonly servings: readonly DeliveryServing[];
  readonly wanted: readonly Trigger[];
  /** Triggers of somebody else that have a name which the bridge needs. */
  readonly takenKeys: readonly string[];
}

export function servingTriggers(
  subscription: Subscription,
  deliveries: readonly DeliveryTriggers[],
  cluster: ClusterView,
): Serving {
  const { namespace = '' } = subscription.metadata;
  const hasDefaultBroker = cluster.brokers.store.get(`${namespace}/default`) !== undefined;
  const servings = deliveries.map(({ delivery, bus, mesh }) => ({
    subject: delivery.subject,
    types: delivery.types,
    namespace,
    hasDefaultBroker,
    bus: serving(bus, cluster),
    mesh: serving(mesh, cluster),
  }));
  const own = deliveries
    .flatMap(({ bus, mesh }) => [bus, mesh])
    .filter((trigger) => usersTrigger(trigger, cluster) === undefined);
  const isTaken = (trigger: Trigger) => {
    const there = cluster.triggers.store.get(objectKey(trigger.metadata));
    return there !== undefined && subscriptionUidOf(there) === undefined;
  };
  return {
    servings,
    wanted: own.filter((trigger) => !isTaken(trigger)),
    takenKeys: own.filter(isTaken).map(({ metadata }) => objectKey(metadata)),
  };
}

function serving(wanted: Trigger, cluster: ClusterView): ServingTrigger {
  const users = usersTrigger(wanted, cluster);
  if (users !== undefined) {
    return { trigger: users, key: objectKey(users.metadata), isUsers: true };
  }
  const key = objectKey(wanted.metadata);
  const there = cluster.triggers.store.get(key);
  const isOurs = there !== undefined && subscriptionUidOf(there) !== undefined;
  return { trigger: isOurs ? there : undefined, key, isUsers: false };
}

/** The first by name, so that the answer does not change without reason. */
function usersTrigger(wanted: Trigger, { triggers }: ClusterView): Trigger | undefined {
  return triggers.store
    .listBy(indexes.foreign, wanted.metadata.namespace ?? '')
    .filter((candidate) => candidate.metadata.deletionTimestamp === undefined)
    .filter((candidate) => deliversTheSame(candidate, wanted))
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))[0];
}
