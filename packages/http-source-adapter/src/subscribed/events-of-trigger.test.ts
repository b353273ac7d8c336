import { describe, expect, it } from '@jest/globals';
import type { TriggerSpec } from '@jetmesh/eventing-api';
import { eventsOfTrigger } from './events-of-trigger.ts';

const created = { name: 'order.created', version: 'v1' };
const attributes = { source: 'commerce', type: 'order.created', eventtypeversion: 'v1' };

function eventsOf(spec: Partial<TriggerSpec>) {
  return eventsOfTrigger('commerce', {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: 'a' },
    spec: { subscriber: { uri: 'http://x' }, ...spec },
  });
}

describe('eventsOfTrigger', () => {
  it.each([
    ['attributes', { filter: { attributes } }, [created]],
    [
      'attributes without a version',
      { filter: { attributes: { source: 'commerce', type: 'order.created' } } },
      [{ ...created, version: '' }],
    ],
    ['another source', { filter: { attributes: { ...attributes, source: 'x' } } }, []],
    ['no source', { filter: { attributes: { type: 'order.created' } } }, []],
    ['any type', { filter: { attributes: { ...attributes, type: '' } } }, []],
    ['no filter', {}, []],
    ['an empty filter', { filter: {} }, []],
    [
      'filters that replace the filter',
      { filter: { attributes }, filters: [{ exact: { source: 'x' } }] },
      [],
    ],
    ['exact', { filters: [{ exact: attributes }] }, [created]],
    [
      'all of several',
      {
        filters: [
          { exact: { source: 'commerce' } },
          { all: [{ exact: { type: 'a' } }, { suffix: { id: 'x' } }] },
        ],
      },
      [{ name: 'a', version: '' }],
    ],
    [
      'any of several',
      {
        filters: [
          { exact: { source: 'commerce' } },
          { any: [{ exact: { type: 'a' } }, { exact: { type: 'b' } }, { prefix: { type: 'c' } }] },
        ],
      },
      [
        { name: 'a', version: '' },
        { name: 'b', version: '' },
      ],
    ],
    ['a contradiction', { filters: [{ exact: attributes }, { exact: { source: 'other' } }] }, []],
    ['not', { filters: [{ not: { exact: attributes } }] }, []],
    ['cesql', { filters: [{ cesql: "type = 'order.created'" }] }, []],
    ['aliases only', { filters: [{ exact: { kymasubject: 'kyma.commerce.a.v1' } }] }, []],
  ])('of %s', (_case, spec, events) => {
    expect(eventsOf(spec)).toEqual(events);
  });

  it('of the bridge are none: its Subscription speaks for it', () => {
    const labels = { 'jetmesh.dev/subscription-uid': 'u' };
    const trigger = { apiVersion: '', kind: 'Trigger', metadata: { name: 'a', labels } };
    const spec = { subscriber: {}, filter: { attributes } };
    expect(eventsOfTrigger('commerce', { ...trigger, spec })).toEqual([]);
  });

  it('that stayed of a Subscription has the version as its own', () => {
    const annotations = { 'jetmesh.dev/delivery-profile': 'kyma-standard' };
    const trigger = { apiVersion: '', kind: 'Trigger', metadata: { name: 'a', annotations } };
    const { source } = attributes;
    const filters = [
      {
        any: [
          { exact: { kymasubject: 'kyma.commerce.order.created.v1' } },
          { exact: { source, type: 'order.created.v1' } },
          { exact: { source, type: 'order.created.v1', eventtypeversion: 'v1' } },
          { exact: { source, type: 'order.created', eventtypeversion: 'v1' } },
        ],
      },
    ];
    const events = eventsOfTrigger('commerce', { ...trigger, spec: { subscriber: {}, filters } });
    expect(events).toEqual([created, created, created]);
  });

  it('that stayed of an exact Subscription names the Application in the alias', () => {
    const kymaexactsubject = 'kyma.sap.kyma.custom.commerce.order.created.v1';
    expect(eventsOf({ filters: [{ any: [{ exact: { kymaexactsubject } }] }] })).toEqual([created]);
  });

  it.each([
    undefined,
    {},
    { filter: null },
    { filter: { attributes: null } },
    { filter: { attributes: { source: 'commerce', type: 7 } } },
    { filters: null },
    { filters: [null, 7, { exact: null }, { all: 'x' }, { any: [null] }] },
  ])('of the broken spec %j are none', (spec) => {
    expect(eventsOf(spec as never)).toEqual([]);
    const trigger = { apiVersion: '', kind: 'Trigger', metadata: { name: 'a' } };
    expect(eventsOfTrigger('commerce', { ...trigger, spec: spec as never })).toEqual([]);
  });

  it('stays bounded for a filter with very many ways through it', () => {
    const any = Array.from({ length: 50 }, (_, index) => ({ exact: { type: `t${index}` } }));
    const ways = Array.from({ length: 20 }, () => ({ any }));
    expect(eventsOf({ filters: [{ exact: { source: 'commerce' } }, ...ways] }).length).toBe(50);
  });
});
