import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Subscription } from '@jetmesh/eventing-api';
import { subscriptionTriggers, type ServedDeliveries } from './subscription-triggers.ts';

const bus = { namespace: 'kyma-system', broker: 'event-bus' };
const subscription: Subscription = {
  apiVersion: 'eventing.kyma-project.io/v1alpha2',
  kind: 'Subscription',
  metadata: { name: 'orders', namespace: 'team', uid: 'uid-1' },
};
const wanted: ServedDeliveries = {
  isPaused: false,
  subscriberUri: 'http://receiver.team.svc.cluster.local',
  profile: 'kyma-standard',
  timeoutMs: 2500,
  maxInFlight: 10,
  wantsNameHeader: false,
  deliveries: [
    {
      subject: 'kyma.app.order.created.v1',
      types: [{ originalType: 'order.created.v1', cleanType: 'order.created.v1' }],
      busFilter: { filters: [{ exact: { kymasubject: 'kyma.app.order.created.v1' } }] },
      meshFilter: { filters: [{ exact: { type: 'x' } }] },
    },
  ],
};
const delivery = {
  retry: 100,
  backoffPolicy: 'linear',
  backoffDelay: 'PT30S',
  timeout: 'PT2.5S',
};
const hash = createHash('sha256').update('team/orders/kyma.app.order.created.v1').digest('hex');

describe('subscriptionTriggers', () => {
  it('makes a Trigger on the bus that points back, and one beside the Subscription that it owns', () => {
    const labels = {
      'app.kubernetes.io/managed-by': 'jetmesh-subscription-bridge',
      'jetmesh.dev/subscription-namespace': 'team',
      'jetmesh.dev/subscription-name': 'orders',
      'jetmesh.dev/subscription-uid': 'uid-1',
    };
    const annotations = {
      'jetmesh.dev/delivery-profile': 'kyma-standard',
      'jetmesh.dev/max-in-flight': '10',
    };
    const common = { apiVersion: 'eventing.knative.dev/v1', kind: 'Trigger' };
    const subscriber = { uri: 'http://receiver.team.svc.cluster.local' };
    expect(subscriptionTriggers(subscription, wanted, bus)).toEqual([
      {
        delivery: wanted.deliveries[0],
        bus: {
          ...common,
          metadata: {
            name: `team-orders-${hash.slice(0, 10)}`,
            namespace: 'kyma-system',
            labels: { ...labels, 'eventing.knative.dev/broker': 'event-bus' },
            annotations,
          },
          spec: {
            broker: 'event-bus',
            filters: [{ exact: { kymasubject: 'kyma.app.order.created.v1' } }],
            subscriber,
            delivery,
          },
        },
        mesh: {
          ...common,
          metadata: {
            name: `orders-${hash.slice(0, 10)}`,
            namespace: 'team',
            labels: { ...labels, 'eventing.knative.dev/broker': 'default' },
            annotations,
            ownerReferences: [
              {
                apiVersion: 'eventing.kyma-project.io/v1alpha2',
                kind: 'Subscription',
                name: 'orders',
                uid: 'uid-1',
                controller: true,
              },
            ],
          },
          spec: { broker: 'default', filters: [{ exact: { type: 'x' } }], subscriber, delivery },
        },
      },
    ]);
  });

  it('passes on the name for subscribers that ask for it, and no limit where there is none', () => {
    const more = { wantsNameHeader: true, maxInFlight: undefined };
    const [triggers] = subscriptionTriggers(subscription, { ...wanted, ...more }, bus);
    expect(triggers?.bus.metadata.annotations).toEqual({
      'jetmesh.dev/delivery-profile': 'kyma-standard',
      'jetmesh.dev/subscription-name-header': 'orders',
    });
  });

  it('copies the labels of the Subscription, but never those that point back', () => {
    const labels = { team: 'orders', 'jetmesh.dev/subscription-uid': 'forged' };
    const labelled = { ...subscription, metadata: { ...subscription.metadata, labels } };
    const [triggers] = subscriptionTriggers(labelled, wanted, bus);
    for (const trigger of [triggers?.bus, triggers?.mesh]) {
      expect(trigger?.metadata.labels).toMatchObject({
        team: 'orders',
        'jetmesh.dev/subscription-uid': 'uid-1',
      });
    }
  });

  it('tells both Triggers to wait while it is paused', () => {
    const [triggers] = subscriptionTriggers(subscription, { ...wanted, isPaused: true }, bus);
    for (const trigger of [triggers?.bus, triggers?.mesh]) {
      expect(trigger?.metadata.annotations).toMatchObject({ 'jetmesh.dev/paused': 'true' });
    }
  });

  it('keeps names legal and apart for Subscriptions with very long ones', () => {
    const named = (name: string) => ({
      ...subscription,
      metadata: { ...subscription.metadata, name },
    });
    const long = 'a'.repeat(192);
    const names = [`${long}.b`, `${long}.c`].map(
      (name) => subscriptionTriggers(named(name), wanted, bus)[0]?.bus.metadata,
    );
    expect(names[0]?.name).not.toBe(names[1]?.name);
    expect(names[0]?.name).toMatch(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/);
    expect(names[0]?.labels).not.toHaveProperty('jetmesh.dev/subscription-name');
  });
});
