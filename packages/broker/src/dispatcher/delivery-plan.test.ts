import { describe, expect, it } from '@jest/globals';
import type { Broker, DeliverySpec, Trigger } from '@jetmesh/eventing-api';
import { deliveryPlan } from './delivery-plan.ts';

const defaults = { maxInFlight: 32, timeoutMs: 60_000, deadLetterTimeoutMs: 3_600_000 };

interface Parts {
  delivery?: DeliverySpec;
  annotations?: Record<string, string>;
  status?: Trigger['status'];
}

function aTrigger({ delivery, annotations, status }: Parts = {}): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: {
      name: 'orders',
      namespace: 'shop',
      uid: 'trigger-uid',
      ...(annotations && { annotations }),
    },
    spec: { broker: 'default', subscriber: {}, ...(delivery && { delivery }) },
    status: status ?? { subscriberUri: 'http://orders.shop.svc.cluster.local/in?q=1' },
  };
}

function aBroker(delivery?: DeliverySpec, annotations?: Record<string, string>): Broker {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    metadata: {
      name: 'default',
      namespace: 'shop',
      uid: 'broker-uid',
      ...(annotations && { annotations }),
    },
    spec: { ...(delivery && { delivery }) },
    status: { address: { url: 'http://broker/shop/default' } },
  };
}

const planFor = (parts: Parts, brokerDelivery?: DeliverySpec) =>
  deliveryPlan(aTrigger(parts), aBroker(brokerDelivery), defaults);

describe('deliveryPlan', () => {
  it('names who delivers what to whom', () => {
    expect(planFor({})).toMatchObject({
      trigger: { namespace: 'shop', name: 'orders', uid: 'trigger-uid' },
      broker: {
        namespace: 'shop',
        name: 'default',
        uid: 'broker-uid',
        address: 'http://broker/shop/default',
        options: { deduplicates: false, timeToLive: undefined },
      },
      subscriber: {
        uri: 'http://orders.shop.svc.cluster.local/in?q=1',
        origin: 'http://orders.shop.svc.cluster.local',
        path: '/in?q=1',
      },
      deadLetterSink: undefined,
      deadLetterTimeoutMs: 3_600_000,
      profile: 'cloudevents',
      contentMode: 'binary',
      maxInFlight: 32,
      order: { kind: 'unordered' },
      rateLimit: undefined,
      isExclusive: false,
      timeoutMs: 60_000,
    });
  });

  it('takes the defaults in the status of a Broker that states no delivery options', () => {
    const defaultDelivery = { 'jetmesh.dev/default-delivery': '{"retry":4}' };
    const broker = aBroker();
    broker.status = { ...broker.status, annotations: defaultDelivery };
    expect(deliveryPlan(aTrigger(), broker, defaults)?.retryPolicy.retryCount).toBe(4);
    const own = { ...broker, spec: { delivery: { retry: 1 } } };
    expect(deliveryPlan(aTrigger(), own, defaults)?.retryPolicy.retryCount).toBe(1);
    const trigger = aTrigger({ delivery: { retry: 2 } });
    expect(deliveryPlan(trigger, broker, defaults)?.retryPolicy.retryCount).toBe(2);
  });

  it('is undefined while no subscriber is resolved', () => {
    expect(planFor({ status: {} })).toBeUndefined();
    expect(planFor({ status: { subscriberUri: 'not a url' } })).toBeUndefined();
  });

  it('retries ten times by default', () => {
    expect(planFor({})?.retryPolicy).toMatchObject({
      retryCount: 10,
      backoffPolicy: 'exponential',
      backoffDelayMs: 200,
      retryAfterMaxMs: 300_000,
    });
  });

  it("takes the Broker's options when the Trigger sets none", () => {
    expect(planFor({}, { retry: 3 })?.retryPolicy.retryCount).toBe(3);
    expect(planFor({ delivery: {} }, { retry: 3 })?.retryPolicy.retryCount).toBe(3);
  });

  it("never merges the Broker's options into the Trigger's", () => {
    const plan = planFor({ delivery: { timeout: 'PT5S' } }, { retry: 3, format: 'json' });
    expect(plan).toMatchObject({ timeoutMs: 5_000, contentMode: 'binary' });
    expect(plan?.retryPolicy).toMatchObject({ retryCount: 0, backoffPolicy: 'none' });
  });

  it.each<[string, DeliverySpec, object]>([
    ['no delay', { retry: 1, backoffPolicy: 'linear' }, { backoffPolicy: 'none' }],
    ['no policy', { retry: 1, backoffDelay: 'PT1S' }, { backoffPolicy: 'none' }],
    [
      'all of it',
      { retry: 1, backoffPolicy: 'linear', backoffDelay: 'PT1S', backoffMax: 'PT10S' },
      { backoffPolicy: 'linear', backoffDelayMs: 1_000, backoffMaxMs: 10_000 },
    ],
    ['a Retry-After that is ignored', { retry: 1, retryAfterMax: 'PT0S' }, { retryAfterMaxMs: 0 }],
    ['a capped Retry-After', { retry: 1, retryAfterMax: 'PT30S' }, { retryAfterMaxMs: 30_000 }],
    ['a negative retry', { retry: -1 }, { retryCount: 0 }],
  ])('reads a delivery with %s', (_case, delivery, expected) => {
    expect(planFor({ delivery })?.retryPolicy).toMatchObject(expected);
  });

  it('reads the format json as structured mode', () => {
    expect(planFor({ delivery: { format: 'json' } })?.contentMode).toBe('structured');
  });

  it('calls a URI of another scheme at its host', () => {
    const status = { subscriberUri: 'ftp://files.shop/x' };
    expect(planFor({ status })?.subscriber).toMatchObject({
      origin: 'http://files.shop',
      path: '/',
    });
  });

  it('takes the resolved dead letter sink, with its certificates', () => {
    const status = {
      subscriberUri: 'http://a/',
      deadLetterSinkUri: 'https://b/dead',
      deadLetterSinkCACerts: 'PEM',
    };
    expect(planFor({ status })?.deadLetterSink).toEqual({
      uri: 'https://b/dead',
      origin: 'https://b',
      path: '/dead',
      caCertificates: 'PEM',
    });
  });

  it.each([
    [{ 'max-in-flight': '8' }, { maxInFlight: 8, isExclusive: true }],
    [{ 'rate-limit': '8/m' }, { maxInFlight: 32, rateLimit: { count: 8, perMs: 60_000 } }],
    [{ 'delivery-order': 'by-key', 'max-in-flight': '8' }, { maxInFlight: 8 }],
    [
      { 'delivery-order': 'ordered', 'max-in-flight': '8' },
      { maxInFlight: 1, isExclusive: true },
    ],
  ])('reads %j', (controls, expected) => {
    expect(planFor({ annotations: prefixed(controls) })).toMatchObject(expected);
  });

  it.each([
    { 'max-in-flight': '0' },
    { 'rate-limit': 'fast' },
    { 'delivery-profile': 'kyma-future' },
    { 'dead-letter-timeout': 'soon' },
  ])('is none with the wrong annotation %j', (controls) => {
    expect(planFor({ annotations: prefixed(controls) })).toBeUndefined();
  });

  it('reads profile, strictness and Subscription name from annotations', () => {
    const annotations = {
      'jetmesh.dev/delivery-profile': 'kyma-legacy',
      'jetmesh.dev/strict-replies': 'true',
      'jetmesh.dev/subscription-name-header': 'my-subscription',
    };
    expect(planFor({ annotations })).toMatchObject({
      profile: 'kyma-legacy',
      hasStrictReplies: true,
      subscriptionName: 'my-subscription',
    });
  });

  it('sends no name that cannot stand in a header', () => {
    const annotations = { 'jetmesh.dev/subscription-name-header': 'two\r\nlines' };
    expect(planFor({ annotations })).toMatchObject({ subscriptionName: undefined });
  });

  it.each([
    [undefined, undefined, 3_600_000],
    [undefined, 'PT10M', 600_000],
    ['PT1M', 'PT10M', 60_000],
  ])(
    'gives a sink the time that Trigger (%s) or Broker (%s) say: %i',
    (own, general, timeoutMs) => {
      const name = 'jetmesh.dev/dead-letter-timeout';
      const trigger = aTrigger(own === undefined ? {} : { annotations: { [name]: own } });
      const broker = aBroker(undefined, general === undefined ? {} : { [name]: general });
      expect(deliveryPlan(trigger, broker, defaults)?.deadLetterTimeoutMs).toBe(timeoutMs);
    },
  );
});

function prefixed(controls: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const annotations: Record<string, string> = {};
  for (const [name, value] of Object.entries(controls)) {
    if (value !== undefined) annotations[`jetmesh.dev/${name}`] = value;
  }
  return annotations;
}
