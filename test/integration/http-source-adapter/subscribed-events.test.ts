import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscriptionKind, triggerKind } from '@jetmesh/eventing-api';
import { startAdapterFixture, untilPassing, type AdapterFixture } from './adapter-fixture.ts';

let adapter: AdapterFixture;

beforeAll(async () => {
  adapter = await startAdapterFixture();
  await adapter.addApplication('commerce');
});
afterAll(() => adapter.stop());

async function listed(application: string): Promise<unknown> {
  const { code, body } = await adapter.get(`/${application}/v1/events/subscribed`);
  return [code, JSON.parse(body)];
}

function subscription(name: string, spec: object) {
  const apiVersion = 'eventing.kyma-project.io/v1alpha2';
  const object = { apiVersion, kind: 'Subscription', metadata: { namespace: 'shop', name }, spec };
  return adapter.create(subscriptionKind, object);
}

describe('GET /<app>/v1/events/subscribed', () => {
  it('is an empty list when nobody subscribes', async () => {
    expect(await listed('commerce')).toEqual([200, { eventsInfo: [] }]);
  });

  it('is the union of Subscriptions of all shapes and of Triggers, each event once', async () => {
    const sink = 'http://x.shop.svc.cluster.local';
    await subscription('old', {
      endpoint: 'http://x',
      source_id: 'commerce',
      event_type: 'order.created',
      event_type_version: 'v1',
    });
    await subscription('exact', {
      sink,
      filter: {
        filters: [
          {
            eventSource: { type: 'exact', property: 'source', value: '' },
            eventType: {
              type: 'exact',
              property: 'type',
              value: 'sap.kyma.custom.commerce.order.paid.v1',
            },
          },
        ],
      },
    });
    await subscription('standard', {
      sink,
      source: 'commerce',
      types: ['order.created.v1', 'nodot', 'order.shipped.v2'],
    });
    await adapter.create(triggerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Trigger',
      metadata: { namespace: 'shop', name: 'trigger' },
      spec: {
        broker: 'default',
        filter: { attributes: { source: 'commerce', type: 'order.lost', eventtypeversion: 'v1' } },
        subscriber: { uri: 'http://x' },
      },
    } as never);
    const expected = [
      { name: 'nodot', version: '' },
      { name: 'order.created', version: 'v1' },
      { name: 'order.lost', version: 'v1' },
      { name: 'order.paid', version: 'v1' },
      { name: 'order.shipped', version: 'v2' },
    ];
    await untilPassing(async () => {
      const [code, body] = (await listed('commerce')) as [number, { eventsInfo: typeof expected }];
      const byName = [...body.eventsInfo].sort((a, b) => (a.name < b.name ? -1 : 1));
      expect([code, byName]).toEqual([200, expected]);
    });
  });

  it('is 404 for an Application that nobody declared', async () => {
    const error = 'Application "unknown" is not known: no HTTPSource has it as spec.source.';
    expect(await listed('unknown')).toEqual([404, { code: 404, error }]);
  });

  it('is 405 for another method', async () => {
    const answer = await adapter.post('/commerce/v1/events/subscribed', {}, '');
    expect([answer.code, answer.headers.allow]).toEqual([405, 'GET']);
  });
});
