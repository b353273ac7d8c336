import { describe, expect, it } from '@jest/globals';
import type { HttpSource } from '../http-source/http-source.ts';
import { endpointStatuses } from './endpoint-statuses.ts';
import {
  aBroker,
  aMetadata,
  anActivation,
  aSubscription,
  aTrigger,
  busTrigger,
  invalid,
  meshTrigger,
  notReady,
} from './switch-fixture.ts';
import type { SwitchFacts } from './switch-facts.ts';

const source: HttpSource = {
  apiVersion: 'sources.kyma-project.io/v1alpha1',
  kind: 'HTTPSource',
  metadata: aMetadata('shop/commerce'),
  spec: { source: 'commerce', endpoints: { publish: 'mesh' } },
};
const order = aSubscription('shop/order');
const unbound = aSubscription('billing/order');
const facts: SwitchFacts = {
  httpSources: [source],
  subscriptions: [order, unbound, invalid(aSubscription('shop/broken'))],
  activations: [anActivation('shop')],
  triggers: [
    busTrigger(order, 'a1'),
    notReady(meshTrigger(order, 'a1'), 'Unknown'),
    busTrigger(unbound, 'b2'),
    aTrigger('kyma-system/users', 'event-bus'),
  ],
  brokers: [aBroker('kyma-system/event-bus'), aBroker('shop/default')],
  busBroker: 'kyma-system/event-bus',
};

describe('endpointStatuses', () => {
  it('says of each endpoint what is ready, pending and missing, and what a switch would find', () => {
    const { legacy, events, publish } = endpointStatuses(source, facts);
    const nothing =
      'Subscription shop/broken: has no Trigger on either path and gets nothing today: bad sink';
    const notBound =
      'Subscription billing/order: Namespace "billing" is not bound by an EventActivation of "commerce": mesh events go to shop only';
    const pending = 'Subscription shop/order: Trigger shop/order-a1 not Ready (Because)';
    expect(legacy).toEqual({
      path: 'bus',
      ready: [
        'Broker kyma-system/event-bus',
        'Subscription billing/order',
        'Subscription shop/order',
      ],
      pending: [],
      missing: [nothing],
      ifSwitched: {
        path: 'mesh',
        pending: [pending],
        missing: [
          notBound,
          'Trigger kyma-system/users: reads Broker kyma-system/event-bus and would get no more of these events',
        ],
      },
    });
    expect(publish).toEqual({
      path: 'mesh',
      ready: ['Broker shop/default'],
      pending: [pending],
      missing: [notBound, nothing],
      ifSwitched: { path: 'bus', pending: [], missing: [] },
    });
    expect(events).toEqual(publish);
  });

  it('tells how many more there are of a long list', () => {
    const subscriptions = Array.from({ length: 30 }, (_, index) => aSubscription(`far/s${index}`));
    const triggers = subscriptions.map((subscription) => busTrigger(subscription, 'a1'));
    const { legacy } = endpointStatuses(source, { ...facts, subscriptions, triggers });
    expect(legacy.ready).toHaveLength(21);
    expect(legacy.ready.at(-1)).toBe('and 11 more');
  });
});
