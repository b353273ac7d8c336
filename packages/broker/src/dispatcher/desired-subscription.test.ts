import { describe, expect, it } from '@jest/globals';
import type { Broker, Trigger } from '@jetmesh/eventing-api';
import { streamName } from '@jetmesh/jetstream';
import { brokerKeyOf, desiredSubscription } from './desired-subscription.ts';

const defaults = { maxInFlight: 32, timeoutMs: 60_000, deadLetterTimeoutMs: 3_600_000 };
const stream = streamName('broker-uid');

function aTrigger(changes: Partial<Trigger> = {}): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: 'orders', namespace: 'shop', uid: 'trigger-uid' },
    spec: { broker: 'default', subscriber: {}, filter: { attributes: { type: 'order' } } },
    status: {
      subscriberUri: 'http://orders/',
      annotations: { 'jetmesh.dev/stream': stream, 'jetmesh.dev/consumer': 'TRIGGER_x' },
    },
    ...changes,
  };
}

function aBroker(uid = 'broker-uid', brokerClass = 'Jetmesh'): Broker {
  const annotations = { 'eventing.knative.dev/broker.class': brokerClass };
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    metadata: { name: 'default', namespace: 'shop', uid, annotations },
  };
}

describe('desiredSubscription', () => {
  it('pulls from the consumer that the status names, Ready or not', () => {
    expect(desiredSubscription(aTrigger(), aBroker(), defaults)).toMatchObject({
      stream,
      consumer: 'TRIGGER_x',
      filterSpec: { filter: { attributes: { type: 'order' } } },
      plan: { subscriber: { uri: 'http://orders/' } },
    });
  });

  it('knows what is to be parked, and runs for that although it is paused', () => {
    const desired = (parkUpTo: string, paused: string) => {
      const { metadata, status } = aTrigger();
      const annotations = { ...status?.annotations, 'jetmesh.dev/park-up-to': parkUpTo };
      const trigger = aTrigger({
        metadata: { ...metadata, annotations: { 'jetmesh.dev/paused': paused } },
        status: { ...status, annotations },
      });
      return desiredSubscription(trigger, aBroker(), defaults);
    };
    const ordinary = desired(`${stream}/7`, 'false');
    expect(ordinary).toMatchObject({ parkUpTo: 7, isParkingOnly: false });
    expect(desired(`${stream}/9`, 'false')?.fingerprint).toBe(ordinary?.fingerprint);
    expect(desired('OTHER/7', 'false')).toMatchObject({ parkUpTo: 0 });
    expect(desired(`${stream}/7`, 'true')).toMatchObject({ parkUpTo: 7, isParkingOnly: true });
    expect(desired('OTHER/7', 'true')).toBeUndefined();
  });

  it.each<[string, Trigger, Broker | undefined]>([
    ['the Broker is unknown', aTrigger(), undefined],
    ['the Broker is of another class', aTrigger(), aBroker('broker-uid', 'Kafka')],
    ['the stream is that of a Broker that was replaced', aTrigger(), aBroker('new-uid')],
    ['there is no status', aTrigger({ status: {} }), aBroker()],
    [
      'it is paused',
      aTrigger({
        metadata: { ...aTrigger().metadata, annotations: { 'jetmesh.dev/paused': 'true' } },
      }),
      aBroker(),
    ],
    [
      'there is no subscriber',
      aTrigger({
        status: { annotations: { 'jetmesh.dev/stream': stream, 'jetmesh.dev/consumer': 'c' } },
      }),
      aBroker(),
    ],
    [
      'there is no consumer yet',
      aTrigger({
        status: { subscriberUri: 'http://a/', annotations: { 'jetmesh.dev/stream': stream } },
      }),
      aBroker(),
    ],
  ])('is undefined while %s', (_case, trigger, broker) => {
    expect(desiredSubscription(trigger, broker, defaults)).toBeUndefined();
  });

  it('has the same fingerprint as long as nothing that delivery depends on changes', () => {
    const original = desiredSubscription(aTrigger(), aBroker(), defaults);
    const renewed = aTrigger();
    renewed.status = { ...renewed.status, conditions: [{ type: 'Ready', status: 'True' }] };
    renewed.metadata = { ...renewed.metadata, resourceVersion: '2', labels: { a: 'b' } };
    expect(desiredSubscription(renewed, aBroker(), defaults)?.fingerprint).toBe(
      original?.fingerprint,
    );
  });

  it.each<[string, Partial<Trigger>]>([
    ['the filter', { spec: { broker: 'default', subscriber: {} } }],
    ['the options', { spec: { ...aTrigger().spec, delivery: { retry: 1 } } }],
    ['the UID', { metadata: { ...aTrigger().metadata, uid: 'other' } }],
    [
      'the profile',
      {
        metadata: {
          ...aTrigger().metadata,
          annotations: { 'jetmesh.dev/delivery-profile': 'kyma-exact' },
        },
      },
    ],
    ['the subscriber', { status: { ...aTrigger().status, subscriberUri: 'http://other/' } }],
  ])('has another fingerprint when %s changes', (_case, changes) => {
    const original = desiredSubscription(aTrigger(), aBroker(), defaults);
    const changed = desiredSubscription(aTrigger(changes), aBroker(), defaults);
    expect(changed?.fingerprint).not.toBe(original?.fingerprint);
  });
});

describe('brokerKeyOf', () => {
  it.each<[string, Trigger['spec'], string]>([
    ['a name', { broker: 'b', subscriber: {} }, 'shop/b'],
    ['nothing', { subscriber: {} }, 'shop/default'],
    ['a reference', { brokerRef: { name: 'b', namespace: 'other' }, subscriber: {} }, 'other/b'],
  ])('reads %s', (_case, spec, key) => {
    expect(brokerKeyOf(aTrigger({ spec }))).toBe(key);
  });
});
