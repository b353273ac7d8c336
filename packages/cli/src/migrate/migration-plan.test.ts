import { describe, expect, it } from '@jest/globals';
import { objectKey, type HttpSource, type Lease, type Trigger } from '@jetmesh/eventing-api';
import {
  aBroker,
  aMetadata,
  anActivation,
  aSubscription,
  aTrigger,
  busTrigger,
  meshTrigger,
} from '../switch/switch-fixture.ts';
import type { MigrationFacts } from './migration-facts.ts';
import { migrationLines } from './migration-lines.ts';
import { migrationPlan, type MigrationStep } from './migration-plan.ts';

const order = aSubscription('shop/order');
const source: HttpSource = {
  apiVersion: 'sources.kyma-project.io/v1alpha1',
  kind: 'HTTPSource',
  metadata: aMetadata('integration/commerce', { generation: 2 }),
  spec: { source: 'commerce', endpoints: { legacy: 'mesh', publish: 'mesh' } },
};
const facts: MigrationFacts = {
  httpSources: [source],
  subscriptions: [order],
  activations: [anActivation('shop')],
  triggers: [busTrigger(order, 'a1'), meshTrigger(order, 'a1')],
  brokers: [aBroker('shop/default')],
  busBroker: 'kyma-system/event-bus',
  leases: [aLease('a', 2)],
  now: new Date('2026-01-02T00:00:00Z'),
};

describe('migrationPlan', () => {
  it('keeps the Triggers on the mesh, and drains those on the bus', () => {
    expect(summaries(migrationPlan('shop', facts))).toEqual([
      ['migrate', 'shop/order', 'stay shop/order-a1, leave kyma-system/shop-order-a1'],
    ]);
  });

  it('knows only Subscriptions of the Namespace, by name', () => {
    const subscriptions = ['shop/b', 'other/a', 'shop/a'].map((key) => aSubscription(key));
    const triggers = subscriptions.flatMap((one) => [busTrigger(one, 'x'), meshTrigger(one, 'x')]);
    const steps = migrationPlan('shop', { ...facts, subscriptions, triggers });
    expect(summaries(steps).map(([, key]) => key)).toEqual(['shop/a', 'shop/b']);
  });

  const onBus: HttpSource = { ...source, spec: { source: 'commerce' } };
  const half: HttpSource = {
    ...source,
    spec: { source: 'commerce', endpoints: { legacy: 'mesh', events: 'mesh' } },
  };
  const pendingTrigger: Trigger = { ...meshTrigger(order, 'a1'), status: {} };
  const used = aSubscription('shop/order', ['shop/order-a1']);
  const detached = aTrigger('shop/order-a1', 'default');
  const invalid = {
    ...order,
    status: { conditions: [{ type: 'x', status: 'False' as const, message: 'bad sink' }] },
  };

  it.each<[string, Partial<MigrationFacts>, string, string]>([
    [
      'legacy and publish enter the bus',
      { httpSources: [onBus] },
      'blocked',
      'legacy, publish of Application "commerce" enter the bus: jetmesh switch commerce --to mesh',
    ],
    [
      'one endpoint enters the bus',
      { httpSources: [half] },
      'blocked',
      'publish of Application "commerce" enters the bus: jetmesh switch commerce --to mesh',
    ],
    [
      'no HTTPSource declares what it selects',
      { httpSources: [] },
      'blocked',
      'no HTTPSource declares what it selects, and such events of /publish enter the bus',
    ],
    ['no adapter is live', { leases: [] }, 'blocked', 'no adapter replica is live'],
    [
      'a replica routes by an older generation',
      { leases: [aLease('a', 2), aLease('b', 1)] },
      'blocked',
      'HTTPSource integration/commerce is not confirmed by b',
    ],
    [
      'its Namespace is not bound',
      { activations: [anActivation('billing')] },
      'blocked',
      'Namespace "shop" is not bound by an EventActivation of "commerce": mesh events go to billing only',
    ],
    [
      'it has no Trigger on the mesh',
      { triggers: [busTrigger(order, 'a1')] },
      'blocked',
      'has no Trigger there that does what kyma-system/shop-order-a1 does',
    ],
    [
      'its Trigger is not reconciled yet',
      { triggers: [busTrigger(order, 'a1'), pendingTrigger] },
      'pending',
      'Trigger shop/order-a1 not reconciled yet',
    ],
    [
      'it is new',
      { subscriptions: [{ ...order, status: {} }], triggers: [] },
      'pending',
      'not reconciled yet',
    ],
    [
      'it gets nothing',
      { subscriptions: [invalid], triggers: [] },
      'skipped',
      'it gets nothing today and stays as it is: bad sink',
    ],
    [
      'an earlier run has deleted it',
      {
        subscriptions: [
          { ...order, metadata: { ...order.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } },
        ],
      },
      'leaving',
      '',
    ],
    [
      'an earlier run has detached its Trigger',
      { subscriptions: [used], triggers: [busTrigger(used, 'a1'), detached] },
      'migrate',
      'stay , leave kyma-system/shop-order-a1',
    ],
    [
      'an earlier run has detached its Trigger, and the bus is drained and gone',
      { subscriptions: [used], triggers: [detached] },
      'migrate',
      'stay , leave ',
    ],
  ])('%s', (_case, changes, kind, detail) => {
    expect(summaries(migrationPlan('shop', { ...facts, ...changes }))).toEqual([
      [kind, 'shop/order', detail],
    ]);
  });
});

describe('migrationLines', () => {
  it('begin with what is in the way', () => {
    const steps: MigrationStep[] = [
      ...migrationPlan('shop', facts),
      { kind: 'blocked', subscription: aSubscription('shop/late'), detail: 'because' },
    ];
    expect(migrationLines('shop', steps)).toEqual([
      'Namespace shop: 2 Subscriptions',
      '  blocked  Subscription shop/late: because',
      '  migrate  Subscription shop/order: shop/order-a1 will stay',
    ]);
  });
});

function summaries(steps: readonly MigrationStep[]): [string, string, string][] {
  return steps.map((step) => {
    const key = objectKey(step.subscription.metadata);
    const names = (triggers: readonly Trigger[]) =>
      triggers.map(({ metadata }) => objectKey(metadata)).join();
    switch (step.kind) {
      case 'migrate':
        return [step.kind, key, `stay ${names(step.staying)}, leave ${names(step.leaving)}`];
      case 'leaving':
        return [step.kind, key, ''];
      case 'skipped':
      case 'pending':
      case 'blocked':
        return [step.kind, key, step.detail];
    }
  });
}

function aLease(name: string, generation: number): Lease {
  const annotation = JSON.stringify({ 'integration/commerce': generation });
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, annotations: { 'jetmesh.dev/routed-generations': annotation } },
    spec: { renewTime: '2026-01-02T00:00:00Z', leaseDurationSeconds: 15 },
  };
}
