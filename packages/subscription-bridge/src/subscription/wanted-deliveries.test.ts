import { describe, expect, it } from '@jest/globals';
import { cleanPrefixedType } from '@jetmesh/eventing-api';
import { wantedDeliveries, type WantedDelivery } from './wanted-deliveries.ts';

const sink = 'http://receiver.team.svc.cluster.local';
const old = {
  endpoint: 'http://receiver.team:8080/',
  eventType: 'order.created',
  eventTypeVersion: 'v1',
  source: 'commerce',
  wantsNameHeader: false,
  maxInFlight: undefined,
  timeoutMs: undefined,
};
const asItIs = (application: string) => application;
const noAlias = [{ cesql: 'NOT EXISTS kymasubject' }, { cesql: 'NOT EXISTS kymaexactsubject' }];

describe('wantedDeliveries', () => {
  it('of an old Subscription filters on the canonical attributes, on both paths', () => {
    const filter = {
      filter: {
        attributes: { source: 'commerce', type: 'order.created', eventtypeversion: 'v1' },
      },
    };
    expect(wantedDeliveries({ kind: 'old', spec: old }, asItIs)).toEqual({
      subscriberUri: 'http://receiver.team:8080/',
      profile: 'kyma-legacy',
      timeoutMs: 60_000,
      maxInFlight: undefined,
      wantsNameHeader: false,
      deliveries: [
        {
          subject: 'commerce.order.created.v1',
          types: [{ originalType: 'order.created.v1', cleanType: 'order.created.v1' }],
          busFilter: filter,
          meshFilter: filter,
        },
      ],
    });
  });

  it.each([
    [undefined, 60_000],
    [0, 1000],
    [2500, 2500],
  ])('of an old Subscription with a time-out of %j waits %j ms', (timeoutMs, expected) => {
    const spec = { ...old, timeoutMs };
    expect(wantedDeliveries({ kind: 'old', spec }, asItIs)).toMatchObject({ timeoutMs: expected });
  });

  it('of a standard Subscription filters on the standard alias; on the mesh plain events count too', () => {
    const spec = {
      sink,
      source: 'my.app',
      types: ['order.created.v1'],
      typeMatching: 'standard' as const,
      maxInFlight: 10,
    };
    const kymasubject = 'kyma.myapp.order.created.v1';
    const plain = [
      {
        all: [
          { exact: { source: 'my.app', type: 'order.created.v1' } },
          {
            any: [{ cesql: 'NOT EXISTS eventtypeversion' }, { exact: { eventtypeversion: 'v1' } }],
          },
        ],
      },
      { exact: { source: 'my.app', type: 'order.created', eventtypeversion: 'v1' } },
    ];
    expect(wantedDeliveries({ kind: 'v1alpha2', spec }, asItIs)).toEqual({
      subscriberUri: sink,
      profile: 'kyma-standard',
      timeoutMs: 60_000,
      maxInFlight: 10,
      wantsNameHeader: false,
      deliveries: [
        {
          subject: kymasubject,
          types: [{ originalType: 'order.created.v1', cleanType: 'order.created.v1' }],
          busFilter: { filters: [{ exact: { kymasubject } }] },
          meshFilter: {
            filters: [{ any: [{ exact: { kymasubject } }, { all: [...noAlias, { any: plain }] }] }],
          },
        },
      ],
    });
  });

  it('makes one delivery of types that clean to one subject', () => {
    const spec = {
      sink,
      source: 'app',
      types: ['or der.created', 'order.created', 'other.created'],
      typeMatching: 'standard' as const,
      maxInFlight: 10,
    };
    const { deliveries } = wantedDeliveries({ kind: 'v1alpha2', spec }, asItIs);
    expect(deliveries.map(({ subject, types }) => [subject, types.length])).toEqual([
      ['kyma.app.order.created', 2],
      ['kyma.app.other.created', 1],
    ]);
  });

  it.each([
    [
      'an exact v1alpha2',
      {
        kind: 'v1alpha2' as const,
        spec: {
          sink,
          source: '',
          types: ['sap.kyma.custom.commerce.order.created.v1'],
          typeMatching: 'exact' as const,
          maxInFlight: 3,
        },
      },
    ],
    [
      'a v1alpha1',
      {
        kind: 'v1alpha1' as const,
        spec: { sink, types: ['sap.kyma.custom.commerce.order.created.v1'], maxInFlight: 3 },
      },
    ],
  ])('of %s Subscription filters on the exact alias, whatever the source', (_case, recognised) => {
    const type = 'sap.kyma.custom.commerce.order.created.v1';
    const kymaexactsubject = `kyma.${type}`;
    expect(wantedDeliveries(recognised, asItIs)).toMatchObject({
      profile: 'kyma-exact',
      maxInFlight: 3,
      deliveries: [
        {
          subject: kymaexactsubject,
          types: [{ originalType: type, cleanType: type }],
          busFilter: { filters: [{ exact: { kymaexactsubject } }] },
          meshFilter: {
            filters: [
              {
                any: [{ exact: { kymaexactsubject } }, { all: [...noAlias, { exact: { type } }] }],
              },
            ],
          },
        },
      ],
    });
  });

  it('cleans the types of v1alpha1 and leaves exact ones as they are', () => {
    const type = 'sap.kyma.custom.my-app.Account.Order.Created.v1';
    const v1alpha1 = { kind: 'v1alpha1' as const, spec: { sink, types: [type], maxInFlight: 3 } };
    expect(wantedDeliveries(v1alpha1, asItIs).deliveries[0]?.types).toEqual([
      { originalType: type, cleanType: 'sap.kyma.custom.myapp.AccountOrder.Created.v1' },
    ]);
  });

  it.each([
    ['one type', ['sap.kyma.custom.my-app.Account.Order.Created.v1']],
    ['several', ['sap.kyma.custom.a.b.c.v1', 'sap.kyma.custom.a.b.d.v1']],
    ['two that clean to one', ['sap.kyma.custom.a-b.c.d.v1', 'sap.kyma.custom.ab.c.d.v1']],
  ])('serves v1alpha1 with %s as the v1alpha2 that Kyma converts it to', (_case, types) => {
    const old = wantedDeliveries(
      { kind: 'v1alpha1', spec: { sink, types, maxInFlight: 3 } },
      asItIs,
    );
    const converted = [...new Set(types.map((type) => cleanPrefixedType(type) ?? ''))];
    const spec = {
      sink,
      source: '',
      types: converted,
      typeMatching: 'exact',
      maxInFlight: 3,
    } as const;
    const current = wantedDeliveries({ kind: 'v1alpha2', spec }, asItIs);
    const busSide = ({ subject, busFilter }: WantedDelivery) => ({ subject, busFilter });
    expect(old.deliveries.map(busSide)).toEqual(current.deliveries.map(busSide));
    expect({ ...old, deliveries: [] }).toEqual({ ...current, deliveries: [] });
  });

  it('cleans types of v1alpha1 with the type name of the Application, and no others', () => {
    const typeNameOf = (name: string) => (name === 'commerce' ? 'the.mart' : name);
    const types = ['sap.kyma.custom.commerce.order.created.v1'];
    const v1alpha1 = { kind: 'v1alpha1', spec: { sink, types, maxInFlight: 3 } } as const;
    const exact = { sink, source: '', types, typeMatching: 'exact', maxInFlight: 3 } as const;
    const subjectsOf = (recognised: Parameters<typeof wantedDeliveries>[0]) =>
      wantedDeliveries(recognised, typeNameOf).deliveries.map(({ subject }) => subject);
    expect(subjectsOf(v1alpha1)).toEqual(['kyma.sap.kyma.custom.themart.order.created.v1']);
    expect(subjectsOf({ kind: 'v1alpha2', spec: exact })).toEqual([`kyma.${types[0] ?? ''}`]);
  });
});
