import { describe, expect, it } from '@jest/globals';
import type { HttpSource, ShadowCount, SwitchFacts } from '@jetmesh/eventing-api';
import {
  aMetadata,
  anActivation,
  aSubscription,
  aTrigger,
  busTrigger,
  meshTrigger,
} from '../switch-fixture.ts';
import { comparisonLines } from './comparison-lines.ts';
import { compareShadows } from './comparison.ts';

const source: HttpSource = {
  apiVersion: 'sources.kyma-project.io/v1alpha1',
  kind: 'HTTPSource',
  metadata: aMetadata('shop/commerce'),
  spec: { source: 'commerce' },
};
const order = aSubscription('shop/order');
const standIn = aSubscription('billing/invoice', ['billing/mine']);
const facts: SwitchFacts = {
  httpSources: [source],
  subscriptions: [order, standIn],
  activations: [anActivation('shop'), anActivation('billing')],
  triggers: [
    busTrigger(order, 'a1'),
    meshTrigger(order, 'a1'),
    busTrigger(standIn, 'b2'),
    aTrigger('billing/mine', 'default'),
    aTrigger('shop/audit', 'default'),
  ],
  brokers: [],
  busBroker: 'kyma-system/event-bus',
};

function counted(
  broker: string,
  triggers: Record<string, number>,
  more: Partial<ShadowCount> = {},
): ShadowCount {
  return { broker, source: 'commerce', type: 'order', version: 'v1', count: 2, triggers, ...more };
}

const onBus = counted('kyma-system/event-bus', {
  'kyma-system/shop-order-a1': 2,
  'kyma-system/billing-invoice-b2': 2,
});

describe('compareShadows', () => {
  it('takes both Triggers of a Subscription, and a stand-in, for one subscriber', () => {
    const counts = [
      onBus,
      counted('shop/default', { 'shop/order-a1': 2 }),
      counted('billing/default', { 'billing/mine': 2 }),
    ];
    expect(compareShadows(source, counts, facts)).toEqual([
      {
        type: 'order',
        version: 'v1',
        busCount: 2,
        meshCount: 2,
        both: ['Subscription billing/invoice', 'Subscription shop/order'],
        onlyBus: [],
        onlyMesh: [],
      },
    ]);
  });

  it('says who would be served on one path only', () => {
    const counts = [onBus, counted('shop/default', { 'shop/order-a1': 2, 'shop/audit': 2 })];
    expect(compareShadows(source, counts, facts)).toMatchObject([
      {
        both: ['Subscription shop/order'],
        onlyBus: ['Subscription billing/invoice'],
        onlyMesh: ['Trigger shop/audit'],
      },
    ]);
  });

  it('adds up what several dispatchers counted, but not what several Brokers did', () => {
    const counts = [
      counted('shop/default', {}, { count: 3 }),
      counted('shop/default', {}, { count: 4 }),
      counted('billing/default', {}, { count: 5 }),
    ];
    expect(compareShadows(source, counts, facts)).toMatchObject([{ meshCount: 7, busCount: 0 }]);
  });

  it('tells types and versions apart, in order, and leaves other Brokers out', () => {
    const counts = [
      counted('shop/default', {}, { type: 'b' }),
      counted('shop/default', {}, { type: 'a', version: 'v2' }),
      counted('shop/default', {}, { type: 'a', version: '' }),
      counted('other/default', { 'other/x': 1 }, { type: 'a', version: '' }),
    ];
    const types = compareShadows(source, counts, facts);
    expect(types.map(({ type, version, onlyMesh }) => [type, version, onlyMesh])).toEqual([
      ['a', '', []],
      ['a', 'v2', []],
      ['b', 'v1', []],
    ]);
  });
});

describe('comparisonLines', () => {
  const one = { version: 'v1', busCount: 2, meshCount: 2, both: [], onlyBus: [], onlyMesh: [] };
  it('begin with what differs', () => {
    expect(
      comparisonLines('commerce', [
        { ...one, type: 'a', both: ['Subscription x'] },
        { ...one, type: 'b', onlyBus: ['Subscription y'], both: ['Subscription x'] },
        { ...one, type: 'c', version: '', meshCount: 0, onlyBus: ['Subscription z'] },
        { ...one, type: 'd' },
      ]),
    ).toEqual([
      'commerce: 8 events of 4 types judged, none delivered by it',
      '  differs  b (v1), 2 events: only on the bus: Subscription y; on both: Subscription x',
      '  differs  c, 2 events: not seen on the mesh; only on the bus: Subscription z',
      '  same     a (v1), 2 events: on both: Subscription x',
      '  same     d (v1), 2 events: for nobody',
      '2 of 4 types would reach others on the mesh.',
    ]);
  });

  it('say so when nothing differs', () => {
    const lines = comparisonLines('commerce', [{ ...one, type: 'a', both: ['Subscription x'] }]);
    expect(lines.at(-1)).toBe('No difference: on the mesh the same subscribers would get them.');
  });
});
