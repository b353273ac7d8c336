import { createHash } from 'node:crypto';
import {
  jetmeshAnnotations,
  objectKey,
  type Subscription,
  type Trigger,
} from '@jetmesh/eventing-api';
import { labelsFor } from './labels-for.ts';
import type { TriggerFilter, WantedDeliveries, WantedDelivery } from './wanted-deliveries.ts';

/** The two Triggers of one filter. */
export interface DeliveryTriggers {
  readonly delivery: WantedDelivery;
  readonly bus: Trigger;
  readonly mesh: Trigger;
}

/** What is asked for, and whether events shall wait. */
export interface ServedDeliveries extends WantedDeliveries {
  readonly isPaused: boolean;
}

export interface BusPlace {
  readonly namespace: string;
  readonly broker: string;
}

/** The Triggers of a Subscription; their names depend on nothing but its key and the filter. */
export function subscriptionTriggers(
  subscription: Subscription,
  wanted: ServedDeliveries,
  bus: BusPlace,
): DeliveryTriggers[] {
  return wanted.deliveries.map((delivery) => ({
    delivery,
    bus: busTrigger(subscription, wanted, { delivery, bus }),
    mesh: meshTrigger(subscription, wanted, delivery),
  }));
}

/** In the bus's Namespace; the Subscription's finalizer removes it, since an owner cannot be of another Namespace. */
function busTrigger(
  subscription: Subscription,
  wanted: ServedDeliveries,
  { delivery, bus }: { delivery: WantedDelivery; bus: BusPlace },
): Trigger {
  const { namespace = '', name } = subscription.metadata;
  const hash = filterHash(subscription, delivery);
  return {
    ...triggerBase(wanted, { broker: bus.broker, filter: delivery.busFilter }),
    metadata: {
      name: `${withoutTail(`${namespace}-${name}`)}-${hash}`,
      namespace: bus.namespace,
      labels: labels(subscription, bus.broker),
      annotations: annotations(subscription, wanted),
    },
  };
}

function meshTrigger(
  subscription: Subscription,
  wanted: ServedDeliveries,
  delivery: WantedDelivery,
): Trigger {
  const { namespace = '', name, uid = '' } = subscription.metadata;
  const { apiVersion, kind } = subscription;
  return {
    ...triggerBase(wanted, { broker: 'default', filter: delivery.meshFilter }),
    metadata: {
      name: `${withoutTail(name)}-${filterHash(subscription, delivery)}`,
      namespace,
      labels: labels(subscription, 'default'),
      annotations: annotations(subscription, wanted),
      ownerReferences: [{ apiVersion, kind, name, uid, controller: true }],
    },
  };
}

/** 100 tries with 30 s between them, then parked: Kyma's numbers, but nothing is dropped. */
function triggerBase(
  wanted: ServedDeliveries,
  { broker, filter }: { broker: string; filter: TriggerFilter },
) {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    spec: {
      broker,
      ...filter,
      subscriber: { uri: wanted.subscriberUri },
      delivery: {
        retry: 100,
        backoffPolicy: 'linear' as const,
        backoffDelay: 'PT30S',
        timeout: `PT${wanted.timeoutMs / 1000}S`,
      },
    },
  };
}

function labels(subscription: Subscription, broker: string): Record<string, string> {
  return {
    ...subscription.metadata.labels,
    'app.kubernetes.io/managed-by': 'jetmesh-subscription-bridge',
    ...(broker.length > 63 ? {} : { 'eventing.knative.dev/broker': broker }),
    ...labelsFor(subscription),
  };
}

function annotations(subscription: Subscription, wanted: ServedDeliveries): Record<string, string> {
  const { maxInFlight, wantsNameHeader, profile, isPaused } = wanted;
  return {
    [jetmeshAnnotations.deliveryProfile]: profile,
    ...(maxInFlight === undefined ? {} : { [jetmeshAnnotations.maxInFlight]: String(maxInFlight) }),
    ...(wantsNameHeader
      ? { [jetmeshAnnotations.subscriptionNameHeader]: subscription.metadata.name }
      : {}),
    ...(isPaused ? { [jetmeshAnnotations.paused]: 'true' } : {}),
  };
}

/** The beginning of the name that Kyma gave the consumer of this filter. */
function filterHash(subscription: Subscription, { subject }: WantedDelivery): string {
  const identity = `${objectKey(subscription.metadata)}/${subject}`;
  return createHash('sha256').update(identity).digest('hex').slice(0, 10);
}

/** Leaves room for the hash in a name of 253 characters, and ends in a letter or digit. */
function withoutTail(name: string): string {
  return name.slice(0, 200).replace(/[^a-z0-9]+$/, '');
}
