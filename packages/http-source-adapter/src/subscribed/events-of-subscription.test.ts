import { describe, expect, it } from '@jest/globals';
import { eventsOfSubscription } from './events-of-subscription.ts';

const created = { name: 'order.created', version: 'v1' };

function eventsOf(spec: Record<string, unknown> | undefined, application = 'commerce') {
  return eventsOfSubscription(application, {
    apiVersion: 'eventing.kyma-project.io/v1alpha2',
    kind: 'Subscription',
    metadata: { name: 'a' },
    ...(spec !== undefined && { spec }),
  });
}

function filterOf(...types: unknown[]) {
  const eventSource = { property: 'source', value: '' };
  return {
    sink: 'http://x',
    filter: {
      filters: types.map((value) => ({ eventSource, eventType: { property: 'type', value } })),
    },
  };
}

describe('eventsOfSubscription', () => {
  const old = { endpoint: 'http://x', source_id: 'commerce', event_type: 'order.created' };
  it.each([
    ['the old shape', { ...old, event_type_version: 'v1' }, [created]],
    ['the old shape without a version', old, [{ ...created, version: '' }]],
    ['the old shape of another source', { ...old, source_id: 'x' }, []],
    ['v1alpha1', filterOf('sap.kyma.custom.commerce.order.created.v1'), [created]],
    ['v1alpha1 of another Application', filterOf('sap.kyma.custom.commerce2.order.created.v1'), []],
    ['v1alpha1 with nothing but the prefix', filterOf('sap.kyma.custom.commerce'), []],
    [
      'v1alpha2',
      { source: 'commerce', types: ['order.created.v1', 'a', 'b.'] },
      [created, { name: 'a', version: '' }, { name: 'b', version: '' }],
    ],
    ['v1alpha2 of another source', { source: 'Commerce', types: ['order.created.v1'] }, []],
    [
      'v1alpha2 exact',
      {
        source: 'any',
        typeMatching: 'exact',
        types: ['sap.kyma.custom.commerce.order.created.v1', 'order.created.v1'],
      },
      [created],
    ],
  ])('of %s', (_case, spec, events) => {
    expect(eventsOf(spec)).toEqual(events);
  });

  it('finds an Application whose name is cleaned in exact types', () => {
    const spec = filterOf('sap.kyma.custom.myapp1.order.created.v1');
    expect(eventsOf(spec, 'my-app_1')).toEqual([created]);
  });

  it.each([
    undefined,
    {},
    { types: 'order.created.v1' },
    { types: [7, null], source: 'commerce' },
    { filter: 'x' },
    { filter: { filters: {} } },
    { filter: { filters: [null, {}, { eventType: 7 }] } },
    filterOf(undefined),
    { event_type: 7, source_id: 'commerce' },
    { endpoint: null },
  ])('of the broken spec %j are none', (spec) => {
    expect(eventsOf(spec)).toEqual([]);
  });
});
