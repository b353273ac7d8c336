import { describe, expect, it } from '@jest/globals';
import type { SubscriptionsFilter, Trigger, TriggerSpec } from '@jetmesh/eventing-api';
import { deliversTheSame } from './delivers-the-same.ts';

const attributes = { source: 'commerce', type: 'order.created', eventtypeversion: 'v1' };
const wanted = aTrigger({ filter: { attributes } });

describe('deliversTheSame', () => {
  it.each<[string, Trigger]>([
    ['an equal filter', aTrigger({ filter: { attributes } })],
    ['the attributes in another order', aTrigger({ filter: { attributes: reversed(attributes) } })],
    ['one exact filter', aTrigger({ filters: [{ exact: attributes }] })],
    [
      'one exact filter an attribute',
      aTrigger({
        filters: Object.entries(attributes).map(([name, value]) => ({ exact: { [name]: value } })),
      }),
    ],
    ['nested alls', aTrigger({ filters: [{ all: [{ all: [{ exact: attributes }] }] }] })],
    ['a filter that filters replaces', aTrigger({ filters: [{ exact: attributes }], filter: {} })],
    ['a brokerRef', aTrigger({ filter: { attributes }, brokerRef: { name: 'default' } })],
    ['a slash after the host', aTrigger({ filter: { attributes } }, 'http://receiver.team/')],
    ['the default port', aTrigger({ filter: { attributes } }, 'http://receiver.team:80')],
  ])('says yes to %s', (_case, candidate) => {
    expect(deliversTheSame(candidate, wanted)).toBe(true);
  });

  it.each<[string, Trigger]>([
    ['another subscriber', aTrigger({ filter: { attributes } }, 'http://other.team')],
    ['another path', aTrigger({ filter: { attributes } }, 'http://receiver.team/a')],
    ['an unresolved subscriber', aTrigger({ filter: { attributes } }, null)],
    ['another Broker', aTrigger({ filter: { attributes }, broker: 'other' })],
    ['no filter', aTrigger({})],
    ['an attribute less', aTrigger({ filter: { attributes: { source: 'commerce' } } })],
    ['an attribute more', aTrigger({ filter: { attributes: { ...attributes, a: 'b' } } })],
    [
      'an attribute that must only be there',
      aTrigger({ filter: { attributes: { ...attributes, type: '' } } }),
    ],
    [
      'an alternative',
      aTrigger({ filters: [{ any: [{ exact: attributes }, { exact: { a: 'b' } }] }] }),
    ],
    ['a negation', aTrigger({ filters: [{ not: { exact: attributes } }] })],
    ['a prefix', aTrigger({ filters: [{ prefix: attributes }] })],
    ['an expression', aTrigger({ filters: [{ cesql: "source = 'commerce'" }] })],
  ])('says no to %s', (_case, candidate) => {
    expect(deliversTheSame(candidate, wanted)).toBe(false);
  });

  it('compares alternatives whatever their order', () => {
    const one: SubscriptionsFilter[] = [{ any: [{ exact: { a: '1' } }, { prefix: { b: '2' } }] }];
    const other: SubscriptionsFilter[] = [{ any: [{ prefix: { b: '2' } }, { exact: { a: '1' } }] }];
    expect(deliversTheSame(aTrigger({ filters: one }), aTrigger({ filters: other }))).toBe(true);
  });
});

function aTrigger(
  spec: Partial<TriggerSpec>,
  subscriberUri: string | null = 'http://receiver.team',
): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: 'mine', namespace: 'team' },
    spec: {
      ...(spec.brokerRef === undefined ? { broker: 'default' } : {}),
      subscriber: { uri: 'http://receiver.team' },
      ...spec,
    },
    status: subscriberUri === null ? {} : { subscriberUri },
  };
}

function reversed(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).reverse());
}
