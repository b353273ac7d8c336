import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventActivationKind, triggerKind, type Trigger } from '@jetmesh/eventing-api';
import { BridgeFixture } from './bridge-fixture.ts';
import { untilHolds } from '../../support/until-holds.ts';

const old = {
  endpoint: 'http://receiver.shop:8080/',
  event_type: 'order.created',
  event_type_version: 'v1',
  source_id: 'commerce',
};

let bridge: BridgeFixture;

beforeAll(async () => {
  bridge = await BridgeFixture.start();
  await bridge.createBroker('kyma-system/event-bus');
  await bridge.createBroker('shop/default');
  await bridge.startBridge();
}, 30_000);
afterAll(() => bridge.stop());

describe('an old Subscription', () => {
  it('is active only while an EventActivation of its source is in its Namespace', async () => {
    await bridge.createSubscription('shop/old', {
      ...old,
      include_subscription_name_header: true,
      max_inflight: 5,
      push_request_timeout_ms: 1500,
    });
    await untilHolds(async () =>
      expect(await bridge.condition('shop/old', 'is-ready')).toMatchObject({
        status: 'False',
        reason: 'NoEventActivation',
        last_transition_time: expect.any(String),
      }),
    );
    await bridge.untilTriggers('kyma-system', 'old', 0);

    await bridge.bind('commerce', 'shop');
    const [bus] = await bridge.bothTriggers('old');
    expect(bus.spec).toMatchObject({
      filter: {
        attributes: { source: 'commerce', type: 'order.created', eventtypeversion: 'v1' },
      },
      subscriber: { uri: 'http://receiver.shop:8080/' },
      delivery: { timeout: 'PT1.5S' },
    });
    expect(bus.metadata.annotations).toMatchObject({
      'jetmesh.dev/delivery-profile': 'kyma-legacy',
      'jetmesh.dev/max-in-flight': '5',
      'jetmesh.dev/subscription-name-header': 'old',
    });
    await bridge.markBothReady('old');
    await untilHolds(async () => {
      for (const type of ['events-activated', 'kn-subscription-ready', 'is-ready']) {
        expect(await bridge.condition('shop/old', type)).toMatchObject({ status: 'True' });
      }
    });

    await bridge.client.delete(eventActivationKind, 'shop/commerce');
    await untilHolds(async () =>
      expect(await bridge.condition('shop/old', 'events-activated')).toMatchObject({
        status: 'False',
      }),
    );
    await bridge.bind('commerce', 'shop');
    await untilHolds(async () =>
      expect(await bridge.condition('shop/old', 'is-ready')).toMatchObject({ status: 'True' }),
    );
  });

  it('lets a user’s Trigger that does the same do it, and names it', async () => {
    const users = await bridge.client.create<Trigger>(triggerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Trigger',
      metadata: { name: 'mine', namespace: 'shop' },
      spec: {
        broker: 'default',
        filter: {
          attributes: { source: 'commerce', type: 'order.mine', eventtypeversion: 'v1' },
        },
        subscriber: { uri: 'http://receiver.shop:8080' },
      },
    });
    await bridge.markReady(users);
    const before = await bridge.client.get(triggerKind, 'shop/mine');
    await bridge.createSubscription('shop/beside', { ...old, event_type: 'order.mine' });
    const [bus] = await bridge.untilTriggers('kyma-system', 'beside');
    await bridge.markReady(bus!);
    await untilHolds(async () =>
      expect(await bridge.condition('shop/beside', 'kn-subscription-ready')).toMatchObject({
        status: 'True',
        message: 'Trigger shop/mine delivers the same already and is used as it is.',
      }),
    );
    expect((await bridge.subscription('shop/beside')).status?.usedTriggers).toEqual(['shop/mine']);
    await bridge.untilTriggers('shop', 'beside', 0);
    expect(await bridge.client.get(triggerKind, 'shop/mine')).toEqual(before);

    await bridge.client.delete(triggerKind, 'shop/mine');
    await bridge.untilTriggers('shop', 'beside', 1);
  });
});
