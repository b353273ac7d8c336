import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  conditionOf,
  httpSourceKind,
  isReady,
  leaseKind,
  subscriptionKind,
  type HttpSource,
  type Lease,
} from '@jetmesh/eventing-api';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { untilHolds } from '../../support/until-holds.ts';
import { BridgeFixture } from './bridge-fixture.ts';

let bridge: BridgeFixture;

beforeAll(async () => {
  bridge = await BridgeFixture.start();
  await bridge.startBridge();
}, 30_000);
afterAll(() => bridge.stop());

function create(key: string, source: string): Promise<HttpSource> {
  const [namespace = '', name = ''] = key.split('/');
  return bridge.client.create<HttpSource>(httpSourceKind, {
    apiVersion: 'sources.kyma-project.io/v1alpha1',
    kind: 'HTTPSource',
    metadata: { namespace, name },
    spec: { source },
  });
}

async function get(key: string): Promise<HttpSource> {
  const source = await bridge.client.get<HttpSource>(httpSourceKind, key);
  if (source === undefined) throw new Error(`HTTPSource ${key} does not exist`);
  return source;
}

function untilCondition(key: string, type: string, expected: object): Promise<HttpSource> {
  return eventually(async () => {
    const source = await get(key);
    expect(conditionOf(source, type)).toMatchObject(expected);
    return source;
  });
}

async function confirm(
  replica: string,
  generations: Record<string, number>,
  renewTime = new Date().toISOString().replace('Z', '000Z'),
): Promise<void> {
  const name = `http-source-adapter-${replica}`;
  await bridge.client.apply<Lease>(
    leaseKind,
    {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name,
        namespace: 'jetmesh-system',
        labels: { 'jetmesh.dev/component': 'http-source-adapter' },
        annotations: { 'jetmesh.dev/routed-generations': JSON.stringify(generations) },
      },
      spec: {
        holderIdentity: replica,
        leaseDurationSeconds: 3600,
        renewTime,
      },
    },
    { fieldManager: replica, force: true },
  );
}

describe('the Lease of an adapter replica that died', () => {
  it('is swept some time after it ran out', async () => {
    await confirm('dead', {}, '2020-01-01T00:00:00.000000Z');
    await eventually(
      async () =>
        (await bridge.client.get(leaseKind, 'jetmesh-system/http-source-adapter-dead')) ===
        undefined,
    );
  });
});

describe('an HTTPSource', () => {
  it('is Ready once its Brokers have addresses and every adapter replica routes by it', async () => {
    await create('integration/commerce', 'commerce');
    await untilCondition('integration/commerce', 'SinkProvided', {
      status: 'False',
      reason: 'SinkNotFound',
    });
    await bridge.createBroker('kyma-system/event-bus');
    await bridge.createBroker('integration/default');
    await untilCondition('integration/commerce', 'SinkProvided', { status: 'True' });
    await untilCondition('integration/commerce', 'Ready', {
      status: 'False',
      reason: 'ServiceNotReady',
      message: 'The adapter Service is not yet ready',
    });
    await confirm('a', { 'integration/commerce': 1 });
    await confirm('b', {});
    await untilCondition('integration/commerce', 'Deployed', {
      status: 'Unknown',
      message: '1 of 2 adapter replicas route by generation 1, not http-source-adapter-b',
    });
    await confirm('b', { 'integration/commerce': 1 });
    const { status } = await untilCondition('integration/commerce', 'Ready', { status: 'True' });
    expect(status).toMatchObject({
      SinkURI: 'http://ingress/integration/default',
      sinkURI: 'http://ingress/integration/default',
    });
  });

  it('takes a replica whose generations are unreadable for one that does not route', async () => {
    await bridge.client.mergePatch(leaseKind, 'jetmesh-system/http-source-adapter-b', {
      metadata: { annotations: { 'jetmesh.dev/routed-generations': '{' } },
    });
    await untilCondition('integration/commerce', 'Deployed', {
      status: 'Unknown',
      message:
        '1 of 2 adapter replicas route by generation 1, not http-source-adapter-b (its jetmesh.dev/routed-generations is no JSON object)',
    });
    await confirm('b', { 'integration/commerce': 1 });
    await untilCondition('integration/commerce', 'Ready', { status: 'True' });
  });

  it('says of every endpoint what is ready, pending and missing on its path and the other', async () => {
    await bridge.createService('integration/receiver');
    await bridge.createSubscription('integration/orders', {
      sink: 'http://receiver.integration.svc.cluster.local',
      source: 'commerce',
      types: ['order.created.v1'],
    });
    const subscription = 'Subscription integration/orders';
    const [bus, mesh] = await bridge.bothTriggers('orders', 'integration');
    await bridge.markReady(bus);
    const endpoints = async () => (await get('integration/commerce')).status?.endpoints;
    await untilHolds(async () => {
      const { legacy, events, publish } = (await endpoints()) ?? {};
      expect(legacy).toMatchObject({
        path: 'bus',
        ready: expect.arrayContaining([subscription]),
        pending: expect.not.arrayContaining([expect.stringContaining(subscription)]),
        ifSwitched: {
          path: 'mesh',
          pending: expect.arrayContaining([expect.stringContaining(subscription)]),
        },
      });
      expect(events).toMatchObject({
        path: 'mesh',
        pending: expect.arrayContaining([expect.stringContaining(subscription)]),
      });
      expect(publish).toEqual(legacy);
    });
    await bridge.markReady(mesh);
    await untilHolds(async () => {
      const { legacy, events } = (await endpoints()) ?? {};
      expect(legacy?.ifSwitched).toMatchObject({
        pending: expect.not.arrayContaining([expect.stringContaining(subscription)]),
      });
      expect(events?.ready).toContain(subscription);
    });
    await bridge.client.delete(subscriptionKind, 'integration/orders');
  });

  it('forwards to the Namespace that is bound', async () => {
    await bridge.createBroker('shop/default');
    await bridge.bind('commerce', 'shop');
    await eventually(async () => {
      const { status } = await get('integration/commerce');
      return status?.sinkURI === 'http://ingress/shop/default';
    });
  });

  it('is written to no more when nothing changes', async () => {
    const before = await get('integration/commerce');
    await confirm('a', { 'integration/commerce': 1 });
    await delay(400);
    expect((await get('integration/commerce')).metadata.resourceVersion).toBe(
      before.metadata.resourceVersion,
    );
  });

  it('that claims a source of an older one is not Ready until that is gone', async () => {
    await delay(1000);
    await create('billing/late', 'commerce');
    await untilCondition('billing/late', 'Ready', {
      status: 'False',
      reason: 'SourceTaken',
      message: 'Source "commerce" is declared by HTTPSource integration/commerce already',
    });
    expect(isReady(await get('integration/commerce'))).toBe(true);
    await bridge.client.delete(httpSourceKind, 'integration/commerce');
    await untilCondition('billing/late', 'SinkProvided', { status: 'True' });
  });
});
