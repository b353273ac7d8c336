import type {
  Broker,
  Condition,
  EventActivation,
  ObjectMeta,
  Subscription,
  Trigger,
} from '@jetmesh/eventing-api';

export function aMetadata(key: string, more: Partial<ObjectMeta> = {}): ObjectMeta {
  const [namespace = '', name = ''] = key.split('/');
  return { namespace, name, generation: 1, uid: `uid of ${key}`, ...more };
}

export function aBroker(key: string, ready: Omit<Condition, 'type'> = { status: 'True' }): Broker {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    metadata: aMetadata(key),
    status: { observedGeneration: 1, conditions: [{ type: 'Ready', ...ready }] },
  };
}

export function aSubscription(key: string, usedTriggers: string[] = []): Subscription {
  return {
    apiVersion: 'eventing.kyma-project.io/v1alpha2',
    kind: 'Subscription',
    metadata: aMetadata(key),
    spec: { sink: 'http://a.shop.svc.cluster.local', source: 'commerce', types: ['order.v1'] },
    status: {
      ready: true,
      conditions: [
        { type: 'Subscription active', status: 'True' },
        { type: 'Subscription spec valid', status: 'True' },
      ],
      usedTriggers,
    },
  };
}

export function busTrigger(subscription: Subscription, mark: string): Trigger {
  const { namespace = '', name } = subscription.metadata;
  return bridged(aTrigger(`kyma-system/${namespace}-${name}-${mark}`, 'event-bus'), subscription);
}

export function meshTrigger(subscription: Subscription, mark: string): Trigger {
  const { namespace = '', name } = subscription.metadata;
  return bridged(aTrigger(`${namespace}/${name}-${mark}`, 'default'), subscription);
}

function bridged(trigger: Trigger, { metadata }: Subscription): Trigger {
  const labels = { 'jetmesh.dev/subscription-uid': metadata.uid ?? '' };
  return { ...trigger, metadata: { ...trigger.metadata, labels } };
}

export function aTrigger(key: string, broker: string): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: aMetadata(key),
    spec: { broker, subscriber: { uri: 'http://a.shop.svc.cluster.local' } },
    status: { observedGeneration: 1, conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

export function anActivation(namespace: string): EventActivation {
  return {
    apiVersion: 'applicationconnector.kyma-project.io/v1alpha1',
    kind: 'EventActivation',
    metadata: aMetadata(`${namespace}/commerce`),
    spec: { sourceId: 'commerce' },
  };
}
