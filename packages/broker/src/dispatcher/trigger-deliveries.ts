import type { Broker, Trigger } from '@jetmesh/eventing-api';
import type { ReplicaRegistry } from '@jetmesh/jetstream';
import type { Reflector } from '@jetmesh/kube-controller';
import type { DeliveryDefaults } from './delivery-plan.ts';
import { desiredSubscription } from './desired-subscription.ts';
import { confirmGroups } from './group/confirm-groups.ts';
import { createGroupSet } from './group/create-group-set.ts';
import { desiredMembership } from './group/desired-membership.ts';
import { createSubscriptionFactory, type SubscriptionParts } from './subscription-factory.ts';
import { SubscriptionSet } from './subscription-set.ts';
import { TriggerWatch } from './trigger-watch.ts';

export interface TriggerDeliveriesParts extends SubscriptionParts {
  readonly replicas: ReplicaRegistry;
  readonly triggers: Reflector<Trigger>;
  readonly brokers: Reflector<Broker>;
  readonly defaults: DeliveryDefaults;
}

export interface TriggerDeliveries {
  readonly activeCount: number;
  /** Triggers and Brokers are known: delivers for them, and from now on for what changes. */
  open(): void;
  /** What has not finished after `drainMs` is given back. */
  stop(drainMs: number): Promise<void>;
}

const replaceGraceMs = 5_000;

/** What delivers for each Trigger of the cluster: from its own consumer, and from the one that it shares. */
export function createTriggerDeliveries(parts: TriggerDeliveriesParts): TriggerDeliveries {
  const { replicas, triggers, brokers, defaults, metrics, logger } = parts;
  const create = createSubscriptionFactory(parts);
  const subscriptions = new SubscriptionSet({ create, replaceGraceMs });
  const groups = createGroupSet(parts);
  const watch = new TriggerWatch({
    triggers,
    brokers,
    onChange(key, trigger, broker) {
      subscriptions.apply(key, trigger && desiredSubscription(trigger, broker, defaults));
      groups.apply(key, trigger && desiredMembership(trigger, broker, defaults));
      if (trigger === undefined) metrics.forget(key);
    },
    onLooked: () => replicas.announce({ seenTriggers: triggers.seenResourceVersion ?? '' }),
  });
  brokers.subscribe(({ kind, key, object }) => {
    groups.applyBroker(key, kind === 'deleted' ? undefined : object);
  });
  let endConfirmation = () => undefined as unknown;
  return {
    get activeCount() {
      return subscriptions.activeCount;
    },
    open() {
      watch.open();
      const applyChanges = () => watch.look();
      endConfirmation = confirmGroups({
        registry: replicas,
        triggers,
        applyChanges,
        groups,
        logger,
      });
    },
    async stop(drainMs) {
      watch.close();
      endConfirmation();
      await Promise.all([subscriptions.stop(drainMs), groups.stop(drainMs)]);
    },
  };
}
