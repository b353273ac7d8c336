import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventKind, subscriptionKind, type KubernetesObject } from '@jetmesh/eventing-api';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { BridgeFixture } from './bridge-fixture.ts';
import { untilHolds } from '../../support/until-holds.ts';

let bridge: BridgeFixture;

beforeAll(async () => {
  bridge = await BridgeFixture.start();
  await bridge.createBroker('kyma-system/event-bus');
  await bridge.startBridge(500);
}, 30_000);
afterAll(() => bridge.stop());

describe('a Subscription whose events nobody takes', () => {
  it('is held as long as its annotation says, not as long as others', async () => {
    await bridge.createSubscription('shop/patient', {
      sink: 'http://dead.shop.svc.cluster.local',
      source: 'commerce',
      types: ['order.created.v1'],
    });
    const annotations = { 'jetmesh.dev/drain-timeout': 'PT1H' };
    await bridge.client.mergePatch(subscriptionKind, 'shop/patient', { metadata: { annotations } });
    const [bus] = await bridge.untilTriggers('kyma-system', 'patient');
    await bridge.markReady(bus!);
    await bridge.client.delete(subscriptionKind, 'shop/patient');
    await delay(1500);
    await bridge.untilTriggers('kyma-system', 'patient', 1);
    const impatient = { 'jetmesh.dev/drain-timeout': 'PT0S' };
    await bridge.client.mergePatch(subscriptionKind, 'shop/patient', {
      metadata: { annotations: impatient },
    });
    await eventually(
      async () => (await bridge.client.get(subscriptionKind, 'shop/patient')) === undefined,
    );
  });

  it('is let go after the time for the drain, which a Kubernetes event tells', async () => {
    await bridge.createSubscription('shop/stuck', {
      sink: 'http://dead.shop.svc.cluster.local',
      source: 'commerce',
      types: ['order.created.v1'],
    });
    const [bus] = await bridge.untilTriggers('kyma-system', 'stuck');
    await bridge.markReady(bus!);
    await bridge.client.delete(subscriptionKind, 'shop/stuck');
    await eventually(
      async () => (await bridge.client.get(subscriptionKind, 'shop/stuck')) === undefined,
    );
    await bridge.untilTriggers('kyma-system', 'stuck', 0);
    await untilHolds(async () => {
      const { items } = await bridge.client.list<KubernetesObject>(eventKind, {
        namespace: 'shop',
      });
      expect(items).toContainEqual(
        expect.objectContaining({ type: 'Warning', reason: 'DrainTimeout' }),
      );
    });
  });
});
