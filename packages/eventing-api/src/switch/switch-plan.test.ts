import { describe, expect, it } from '@jest/globals';
import type { HttpSource } from '../http-source/http-source.ts';
import type { Trigger } from '../trigger/trigger.ts';
import type { PlanFinding } from './plan-finding.ts';
import type { PlanRequest } from './plan-request.ts';
import type { SwitchFacts } from './switch-facts.ts';
import {
  aBroker,
  aMetadata,
  aSubscription,
  aTrigger,
  anActivation,
  busTrigger,
  changed,
  deleted,
  invalid,
  meshTrigger,
  notReady,
} from './switch-fixture.ts';
import { switchPlan } from './switch-plan.ts';

const source: HttpSource = {
  apiVersion: 'sources.kyma-project.io/v1alpha1',
  kind: 'HTTPSource',
  metadata: aMetadata('shop/commerce', { creationTimestamp: '2026-01-02T00:00:00Z' }),
  spec: { source: 'commerce' },
};
const order = aSubscription('shop/order');
/** Everything that a switch of the Application `commerce` needs. */
const facts: SwitchFacts = {
  httpSources: [source],
  subscriptions: [order],
  activations: [anActivation('shop')],
  triggers: [busTrigger(order, 'a1'), meshTrigger(order, 'a1')],
  brokers: [aBroker('kyma-system/event-bus'), aBroker('shop/default')],
  busBroker: 'kyma-system/event-bus',
};
const toMesh: PlanRequest = { source, to: 'mesh', endpoints: ['legacy', 'publish'] };
const onMesh: HttpSource = {
  ...source,
  spec: { source: 'commerce', endpoints: { legacy: 'mesh', publish: 'mesh' } },
};
const toBus: PlanRequest = { ...toMesh, source: onMesh, to: 'bus' };

describe('switchPlan', () => {
  it('says what is ready when nothing stands in the way', () => {
    const plan = switchPlan(toMesh, facts);
    expect(plan.moves).toEqual(['legacy', 'publish']);
    expect(plan.findings).toEqual([
      { state: 'ready', subject: 'Broker shop/default', detail: '' },
      { state: 'ready', subject: 'Subscription shop/order', detail: 'Trigger shop/order-a1' },
    ]);
  });

  it('moves only endpoints that are on the other path', () => {
    const half = { source: 'commerce', endpoints: { legacy: 'mesh' as const } };
    expect(switchPlan({ ...toMesh, source: { ...source, spec: half } }, facts).moves).toEqual([
      'publish',
    ]);
  });

  it('has nothing to judge when all are there already', () => {
    const plan = switchPlan({ ...toMesh, source: onMesh }, { ...facts, brokers: [] });
    expect(plan).toMatchObject({ moves: [], findings: [] });
  });

  const other = aSubscription('billing/order');
  const users: Trigger = { ...aTrigger('shop/mine', 'default') };
  const servedByUsers = aSubscription('shop/order', ['shop/mine']);
  const selecting = (one: string): Trigger => ({
    ...users,
    spec: { ...users.spec, filter: { attributes: { source: one } } },
  });

  it.each<[string, PlanRequest, Partial<SwitchFacts>, readonly Expected[]]>([
    [
      'an older HTTPSource has the source',
      toMesh,
      { httpSources: [source, anOlderSource()] },
      [['blocked', 'HTTPSource shop/commerce', 'that of HTTPSource zoo/first, which is older']],
    ],
    [
      'the default Broker of a bound Namespace does not exist',
      toMesh,
      { activations: [anActivation('shop'), anActivation('billing')] },
      [['blocked', 'Broker billing/default', 'does not exist']],
    ],
    [
      'the default Broker is not Ready',
      toMesh,
      { brokers: [aBroker('shop/default', { status: 'False', reason: 'StreamFull' })] },
      [['blocked', 'Broker shop/default', 'not Ready (StreamFull)']],
    ],
    [
      'the default Broker is not reconciled yet',
      toMesh,
      { brokers: [{ ...aBroker('shop/default'), status: {} }] },
      [['pending', 'Broker shop/default', 'not reconciled yet']],
    ],
    [
      'the bus is missing on the way back',
      toBus,
      { brokers: [] },
      [['blocked', 'Broker kyma-system/event-bus', 'does not exist']],
    ],
    [
      'a Subscription has no Trigger on the mesh',
      toMesh,
      { triggers: [busTrigger(order, 'a1')] },
      [['blocked', 'Subscription shop/order', 'does what kyma-system/shop-order-a1 does']],
    ],
    [
      'one of two filters has no Trigger on the mesh',
      toMesh,
      { triggers: [busTrigger(order, 'a1'), busTrigger(order, 'b2'), meshTrigger(order, 'a1')] },
      [['blocked', 'Subscription shop/order', 'does what kyma-system/shop-order-b2 does']],
    ],
    [
      'a mesh Trigger is being deleted',
      toMesh,
      { triggers: [busTrigger(order, 'a1'), deleted(meshTrigger(order, 'a1'))] },
      [['blocked', 'Subscription shop/order', 'has no Trigger there']],
    ],
    [
      'a mesh Trigger is not Ready',
      toMesh,
      { triggers: [busTrigger(order, 'a1'), notReady(meshTrigger(order, 'a1'), 'False')] },
      [['blocked', 'Subscription shop/order', 'Trigger shop/order-a1 not Ready (Because)']],
    ],
    [
      'a mesh Trigger is about to be Ready',
      toMesh,
      { triggers: [busTrigger(order, 'a1'), notReady(meshTrigger(order, 'a1'), 'Unknown')] },
      [['pending', 'Subscription shop/order', 'Trigger shop/order-a1 not Ready (Because)']],
    ],
    [
      'a mesh Trigger is Ready for an older generation only',
      toMesh,
      { triggers: [busTrigger(order, 'a1'), changed(meshTrigger(order, 'a1'))] },
      [['pending', 'Subscription shop/order', 'not reconciled yet']],
    ],
    [
      'a bus Trigger is not Ready on the way back',
      toBus,
      { triggers: [notReady(busTrigger(order, 'a1'), 'False'), meshTrigger(order, 'a1')] },
      [['blocked', 'Subscription shop/order', 'Trigger kyma-system/shop-order-a1 not Ready']],
    ],
    [
      'the Namespace of a Subscription is not bound while another is',
      toMesh,
      {
        subscriptions: [other],
        triggers: [busTrigger(other, 'a1'), meshTrigger(other, 'a1')],
      },
      [['blocked', 'Subscription billing/order', 'Namespace "billing" is not bound by an']],
    ],
    [
      'no Namespace is bound, and a Subscription is not where the HTTPSource is',
      toMesh,
      {
        activations: [],
        subscriptions: [other],
        triggers: [busTrigger(other, 'a1'), meshTrigger(other, 'a1')],
      },
      [['blocked', 'Subscription billing/order', 'no Namespace is bound']],
    ],
    [
      'an unbound Namespace is no obstacle on the way to the bus',
      toBus,
      {
        subscriptions: [other],
        triggers: [busTrigger(other, 'a1'), meshTrigger(other, 'a1')],
      },
      [],
    ],
    [
      'a binding that is being deleted binds no more',
      toMesh,
      {
        activations: [deleted(anActivation('shop')), anActivation('billing')],
        brokers: [aBroker('billing/default')],
      },
      [['blocked', 'Subscription shop/order', 'Namespace "shop" is not bound']],
    ],
    [
      'a Subscription is new',
      toMesh,
      { subscriptions: [{ ...order, status: {} }], triggers: [] },
      [['pending', 'Subscription shop/order', 'not reconciled yet']],
    ],
    [
      'a Subscription gets nothing on either path',
      toMesh,
      { subscriptions: [invalid(order)], triggers: [] },
      [['noted', 'Subscription shop/order', 'gets nothing today: bad sink']],
    ],
    [
      'a Subscription is of another Application',
      toMesh,
      { subscriptions: [{ ...order, spec: { ...order.spec, source: 'other' } }], triggers: [] },
      [],
    ],
    [
      'a Trigger of a type that was given up is drained on one path still',
      toMesh,
      {
        triggers: [...facts.triggers, drained(busTrigger(order, 'b2'), '2026-01-01T00:00:00.000Z')],
      },
      [],
    ],
    [
      'somebody watches a Trigger drain',
      toMesh,
      {
        triggers: [
          drained(busTrigger(order, 'a1'), 'switch 2026'),
          drained(meshTrigger(order, 'a1'), 'switch 2026'),
        ],
      },
      [],
    ],
    [
      'a Subscription is being deleted',
      toMesh,
      { subscriptions: [deleted(order)], triggers: [] },
      [],
    ],
    [
      'a Trigger of a user’s serves the Subscription on the mesh',
      toMesh,
      { subscriptions: [servedByUsers], triggers: [busTrigger(order, 'a1'), users] },
      [],
    ],
    [
      'that Trigger is not Ready',
      toMesh,
      {
        subscriptions: [servedByUsers],
        triggers: [busTrigger(order, 'a1'), notReady(users, 'False')],
      },
      [['blocked', 'Subscription shop/order', 'Trigger shop/mine not Ready']],
    ],
    [
      'that Trigger is not moved but its Subscription is, on the way to the bus',
      toBus,
      { subscriptions: [servedByUsers], triggers: [busTrigger(order, 'a1'), users] },
      [],
    ],
    [
      'a Trigger of a user’s would be left behind on the mesh',
      toBus,
      { triggers: [...facts.triggers, users] },
      [['blocked', 'Trigger shop/mine', 'reads Broker shop/default and would get no more']],
    ],
    [
      'a Trigger of a user’s that selects this source would be left behind',
      toBus,
      { triggers: [...facts.triggers, selecting('commerce')] },
      [['blocked', 'Trigger shop/mine', 'reads Broker shop/default and would get no more']],
    ],
    [
      'a Trigger of a user’s selects another source',
      toBus,
      { triggers: [...facts.triggers, selecting('other')] },
      [],
    ],
    [
      'a Trigger of a user’s on the mesh is no obstacle on the way there',
      toMesh,
      { triggers: [...facts.triggers, users] },
      [],
    ],
  ])('%s', (_, request, changes, expected) => {
    const { findings } = switchPlan(request, { ...facts, ...changes });
    const others = findings.filter(({ state }) => state !== 'ready');
    expect(others).toEqual(
      expected.map(([state, subject, detail]) =>
        expect.objectContaining({ state, subject, detail: expect.stringContaining(detail) }),
      ),
    );
  });
});

type Expected = readonly [state: PlanFinding['state'], subject: string, detail: string];

function drained(trigger: Trigger, request: string): Trigger {
  const annotations = { 'jetmesh.dev/drain-requested': request };
  return { ...trigger, metadata: { ...trigger.metadata, annotations } };
}

function anOlderSource(): HttpSource {
  const metadata = aMetadata('zoo/first', { creationTimestamp: '2026-01-01T00:00:00Z' });
  return { ...source, metadata };
}
