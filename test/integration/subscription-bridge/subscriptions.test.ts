import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  brokerKind,
  serviceKind,
  subscriptionKind,
  triggerKind,
  type Trigger,
} from '@jetmesh/eventing-api';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { untilHolds } from '../../support/until-holds.ts';
import { BridgeFixture } from './bridge-fixture.ts';

const sink = 'http://receiver.shop.svc.cluster.local:8080/hook';
const standard = { sink, source: 'commerce', types: ['order.created.v1'] };

let bridge: BridgeFixture;

beforeAll(async () => {
  bridge = await BridgeFixture.start();
  await bridge.createBroker('kyma-system/event-bus');
  await bridge.createBroker('shop/default');
  await bridge.createService('shop/receiver');
  await bridge.startBridge();
}, 30_000);
afterAll(() => bridge.stop());

describe('a v1alpha2 Subscription', () => {
  it('becomes a Trigger on the bus and one on the mesh, and is ready when they are', async () => {
    await bridge.createSubscription('shop/standard', standard);
    const [bus, mesh] = await bridge.bothTriggers('standard');
    expect(bus.spec).toMatchObject({
      broker: 'event-bus',
      filters: [{ exact: { kymasubject: 'kyma.commerce.order.created.v1' } }],
      subscriber: { uri: sink },
      delivery: { retry: 100, backoffPolicy: 'linear', backoffDelay: 'PT30S', timeout: 'PT60S' },
    });
    expect(bus.metadata.annotations).toMatchObject({
      'jetmesh.dev/delivery-profile': 'kyma-standard',
      'jetmesh.dev/max-in-flight': '10',
    });
    const { metadata } = await bridge.subscription('shop/standard');
    expect(mesh.spec.broker).toBe('default');
    expect(mesh.metadata.ownerReferences).toMatchObject([{ uid: metadata.uid }]);
    expect(bus.metadata.labels?.['jetmesh.dev/subscription-uid']).toBe(metadata.uid);
    await untilHolds(async () =>
      expect(await bridge.condition('shop/standard', 'Subscription active')).toMatchObject({
        status: 'False',
        reason: 'NATS Subscription not active',
      }),
    );
    await bridge.markBothReady('standard');
    await bridge.untilReady('shop/standard');
    const { status } = await bridge.subscription('shop/standard');
    expect(status).toMatchObject({
      types: [{ originalType: 'order.created.v1', cleanType: 'order.created.v1' }],
      backend: {
        types: [{ originalType: 'order.created.v1', consumerName: `C-${bus.metadata.name}` }],
      },
      conditions: [
        { type: 'Subscription active', status: 'True' },
        { type: 'Subscription spec valid', status: 'True' },
      ],
    });
  });

  it('is written to no more, nor its Triggers, when nothing changes', async () => {
    const before = await bridge.subscription('shop/standard');
    const triggers = await bridge.bothTriggers('standard');
    for (const round of ['one', 'two']) {
      const metadata = { annotations: { round } };
      await bridge.client.mergePatch(brokerKind, 'shop/default', { metadata });
      await delay(150);
    }
    const after = await bridge.subscription('shop/standard');
    expect(after.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
    const versions = (all: Trigger[]) => all.map(({ metadata }) => metadata.resourceVersion);
    expect(versions(await bridge.bothTriggers('standard'))).toEqual(versions(triggers));
  });

  it('has its Triggers put right and made again', async () => {
    const [bus, mesh] = await bridge.bothTriggers('standard');
    const key = `kyma-system/${bus.metadata.name}`;
    await bridge.client.mergePatch(triggerKind, key, {
      spec: { subscriber: { uri: 'http://evil' }, delivery: { retry: 0 } },
    });
    await bridge.client.delete(triggerKind, `shop/${mesh.metadata.name}`);
    await eventually(async () => {
      const [again, made] = await bridge.bothTriggers('standard');
      return (
        again.spec.subscriber.uri === sink &&
        again.spec.delivery?.retry === 100 &&
        made.metadata.uid !== mesh.metadata.uid
      );
    });
    await bridge.markBothReady('standard');
    await bridge.untilReady('shop/standard');
  });

  it('says in its status what is invalid, and then works when it is corrected', async () => {
    await bridge.createSubscription('shop/invalid', { ...standard, types: ['order'] });
    await untilHolds(async () =>
      expect(await bridge.condition('shop/invalid', 'Subscription spec valid')).toMatchObject({
        status: 'False',
        reason: 'Subscription spec has validation errors',
        message: 'spec.types: Invalid value: "order": must have minimum 2 segments',
      }),
    );
    await bridge.client.mergePatch(subscriptionKind, 'shop/invalid', {
      spec: { types: ['order.created.v1'] },
    });
    await bridge.markBothReady('invalid');
    await bridge.untilReady('shop/invalid');
  });

  it('names the Service that does not exist, and lets its events wait until it does', async () => {
    const elsewhere = { ...standard, sink: 'http://nowhere.shop.svc.cluster.local' };
    await bridge.createSubscription('shop/no-service', elsewhere);
    await bridge.markBothReady('no-service');
    await untilHolds(async () =>
      expect(await bridge.condition('shop/no-service', 'Subscription active')).toMatchObject({
        status: 'False',
        message: 'Sink validation failed: service nowhere.shop not found in the cluster',
      }),
    );
    const paused = async () =>
      (await bridge.bothTriggers('no-service')).map(
        ({ metadata }) => metadata.annotations?.['jetmesh.dev/paused'],
      );
    expect(await paused()).toEqual(['true', 'true']);
    await bridge.createService('shop/nowhere');
    await bridge.untilReady('shop/no-service');
    expect(await paused()).toEqual([undefined, undefined]);
    await bridge.client.delete(serviceKind, 'shop/nowhere');
    await untilHolds(async () => expect(await paused()).toEqual(['true', 'true']));
  });

  it('is paused by its annotation, and says so', async () => {
    await bridge.createSubscription('shop/pausing', standard);
    await bridge.markBothReady('pausing');
    await bridge.client.mergePatch(subscriptionKind, 'shop/pausing', {
      metadata: { annotations: { 'jetmesh.dev/paused': 'true' } },
    });
    await untilHolds(async () => {
      const [bus] = await bridge.bothTriggers('pausing');
      expect(bus.metadata.annotations?.['jetmesh.dev/paused']).toBe('true');
      expect(await bridge.condition('shop/pausing', 'Subscription active')).toMatchObject({
        message: 'Paused: events wait.',
      });
    });
  });

  it('changes its maximum in flight without new Triggers', async () => {
    await bridge.createSubscription('shop/in-flight', standard);
    const before = await bridge.bothTriggers('in-flight');
    const config = { maxInFlightMessages: '3' };
    await bridge.client.mergePatch(subscriptionKind, 'shop/in-flight', { spec: { config } });
    await untilHolds(async () => {
      const after = await bridge.bothTriggers('in-flight');
      for (const { metadata } of after) {
        expect(metadata.annotations?.['jetmesh.dev/max-in-flight']).toBe('3');
      }
      const identities = (all: Trigger[]) =>
        all.map(({ metadata }) => [metadata.uid, metadata.generation]);
      expect(identities(after)).toEqual(identities(before));
    });
  });

  it('names types that clean to one subject', async () => {
    const types = ['or der.created.v1', 'order.created.v1'];
    await bridge.createSubscription('shop/collision', { ...standard, types });
    await bridge.markBothReady('collision');
    await bridge.untilReady('shop/collision');
    const { status } = await bridge.subscription('shop/collision');
    expect(status?.types?.map(({ cleanType }) => cleanType)).toEqual([types[1], types[1]]);
    expect(status?.conditions?.[0]?.message).toBe(
      'Types "or der.created.v1", "order.created.v1" have one subject, kyma.commerce.order.created.v1: an event of any of them is delivered once.',
    );
  });

  it('works on the bus where there is no default Broker, and says so', async () => {
    const inBilling = { ...standard, sink: 'http://receiver.billing.svc.cluster.local' };
    await bridge.createService('billing/receiver');
    await bridge.createSubscription('billing/bus-only', inBilling);
    const [bus] = await bridge.untilTriggers('kyma-system', 'bus-only');
    await bridge.markReady(bus!);
    await bridge.untilReady('billing/bus-only');
    expect(await bridge.condition('billing/bus-only', 'Subscription active')).toMatchObject({
      message: 'No Broker "default" in Namespace "billing": nothing arrives from the mesh.',
    });
    await bridge.createBroker('billing/default');
    await eventually(
      async () => (await bridge.subscription('billing/bus-only')).status?.ready === false,
    );
  });

  it('drains the Trigger of a type that is not wanted any more, then deletes it', async () => {
    const types = ['order.created.v1', 'order.paid.v1'];
    await bridge.createSubscription('shop/shrinking', { ...standard, types });
    const all = await bridge.untilTriggers('kyma-system', 'shrinking', 2);
    for (const trigger of [...all, ...(await bridge.untilTriggers('shop', 'shrinking', 2))]) {
      await bridge.markReady(trigger);
    }
    await bridge.client.mergePatch(subscriptionKind, 'shop/shrinking', {
      spec: { types: ['order.paid.v1'] },
    });
    await drainAll('shrinking', 1);
    await bridge.untilTriggers('kyma-system', 'shrinking', 1);
    await bridge.untilTriggers('shop', 'shrinking', 1);
  });

  it('is held until its Triggers are drained when it is deleted', async () => {
    await bridge.createSubscription('shop/leaving', standard);
    await bridge.markBothReady('leaving');
    await bridge.untilReady('shop/leaving');
    await bridge.client.delete(subscriptionKind, 'shop/leaving');
    await delay(300);
    expect((await bridge.subscription('shop/leaving')).metadata.deletionTimestamp).toBeDefined();
    await drainAll('leaving', 1);
    await eventually(
      async () => (await bridge.client.get(subscriptionKind, 'shop/leaving')) === undefined,
    );
    await bridge.untilTriggers('kyma-system', 'leaving', 0);
    await bridge.untilTriggers('shop', 'leaving', 0);
  });

  /** What the trigger controller does for Triggers that are asked to drain. */
  async function drainAll(name: string, count: number): Promise<void> {
    for (const namespace of ['kyma-system', 'shop']) {
      await eventually(async () => {
        const asked = (await bridge.triggersIn(namespace)).filter(
          ({ metadata }) =>
            metadata.labels?.['jetmesh.dev/subscription-name'] === name &&
            metadata.annotations?.['jetmesh.dev/drain-requested'] !== undefined,
        );
        if (asked.length !== count) throw new Error(`${asked.length} are asked`);
        for (const { metadata } of asked) {
          const drained = metadata.annotations?.['jetmesh.dev/drain-requested'];
          const annotations = { 'jetmesh.dev/drained': drained };
          await bridge.patchStatus(metadata, { annotations });
        }
        return true;
      });
    }
  }
});

describe('a Trigger on the bus whose Subscription vanished', () => {
  it('is deleted', async () => {
    const trigger = await bridge.client.create<Trigger>(triggerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Trigger',
      metadata: {
        name: 'left-behind',
        namespace: 'kyma-system',
        labels: { 'jetmesh.dev/subscription-uid': 'gone' },
      },
      spec: { broker: 'event-bus', subscriber: { uri: 'http://x' } },
    });
    const key = `kyma-system/${trigger.metadata.name}`;
    await eventually(async () => (await bridge.client.get(triggerKind, key)) === undefined);
  });
});
