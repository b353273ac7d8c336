import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscriptionKind, type Subscription } from '@jetmesh/eventing-api';
import { BridgeFixture } from './bridge-fixture.ts';

const sink = 'http://receiver.shop.svc.cluster.local:8080/hook';
const standard = { sink, source: 'commerce', types: ['order.created.v1'] };
const exactType = 'sap.kyma.custom.commerce.order.created.v1';

let bridge: BridgeFixture;

beforeAll(async () => {
  bridge = await BridgeFixture.start();
  await bridge.createBroker('kyma-system/event-bus');
  await bridge.createBroker('shop/default');
  await bridge.createService('shop/receiver');
  await bridge.startBridge();
}, 30_000);
afterAll(() => bridge.stop());

describe('a v1alpha1 Subscription', () => {
  it('filters on the exact alias and has the status of the new generation', async () => {
    await bridge.createSubscription('shop/v1alpha1', {
      sink,
      filter: {
        filters: [
          {
            eventSource: { property: 'source', type: 'exact', value: '' },
            eventType: { property: 'type', type: 'exact', value: exactType },
          },
        ],
      },
      config: { maxInFlightMessages: 3 },
    });
    const [bus] = await bridge.bothTriggers('v1alpha1');
    expect(bus.spec.filters).toEqual([{ exact: { kymaexactsubject: `kyma.${exactType}` } }]);
    expect(bus.metadata.annotations).toMatchObject({
      'jetmesh.dev/delivery-profile': 'kyma-exact',
      'jetmesh.dev/max-in-flight': '3',
    });
    await bridge.markBothReady('v1alpha1');
    await bridge.untilReady('shop/v1alpha1');
    const { status } = await bridge.subscription('shop/v1alpha1');
    expect(status?.types).toEqual([{ originalType: exactType, cleanType: exactType }]);
  });
});

describe('the one CRD with two versions', () => {
  const v1alpha1Kind = { ...subscriptionKind, version: 'v1alpha1' };
  const shapes: [string, Record<string, unknown>][] = [
    ['v1alpha1', { sink, filter: { filters: [{ eventType: { value: exactType } }] } }],
    ['v1alpha2', { ...standard }],
  ];

  it.each(shapes)(
    'serves and bridges the %s shape whichever version it is written at',
    async (...row) => {
      const [shape, spec] = row;
      for (const kind of [subscriptionKind, v1alpha1Kind]) {
        const name = `${shape}-at-${kind.version}`;
        await bridge.client.create<Subscription>(kind, {
          apiVersion: `${kind.group}/${kind.version}`,
          kind: 'Subscription',
          metadata: { namespace: 'shop', name },
          spec,
        });
        await bridge.markBothReady(name);
        await bridge.untilReady(`shop/${name}`);
        for (const read of [subscriptionKind, v1alpha1Kind]) {
          const found = await bridge.client.get<Subscription>(read, `shop/${name}`);
          expect(found).toMatchObject({
            apiVersion: `${read.group}/${read.version}`,
            spec,
            status: { ready: true },
          });
        }
      }
    },
  );
});
