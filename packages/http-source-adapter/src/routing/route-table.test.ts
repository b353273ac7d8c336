import { describe, expect, it } from '@jest/globals';
import type { Broker, EventActivation, HttpSource } from '@jetmesh/eventing-api';
import { brokersFor, routeTable, type RouteResources } from './route-table.ts';

const busBrokerKey = 'kyma-system/event-bus';

function httpSource(
  key: string,
  source: string,
  more: { created?: string; spec?: object; labels?: Record<string, string> } = {},
): HttpSource {
  const [namespace = '', name = ''] = key.split('/');
  return {
    apiVersion: 'sources.kyma-project.io/v1alpha1',
    kind: 'HTTPSource',
    metadata: {
      namespace,
      name,
      generation: 3,
      creationTimestamp: more.created ?? '2020-01-01T00:00:00Z',
      labels: more.labels ?? {},
    },
    spec: { source, ...more.spec },
  };
}

function activation(namespace: string, sourceId: string, isDeleting = false): EventActivation {
  return {
    apiVersion: 'applicationconnector.kyma-project.io/v1alpha1',
    kind: 'EventActivation',
    metadata: {
      namespace,
      name: sourceId,
      ...(isDeleting && { deletionTimestamp: '2020-01-02T00:00:00Z' }),
    },
    spec: { sourceId },
  };
}

function broker(url: string | undefined): Broker {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    metadata: { name: 'default' },
    status: url === undefined ? {} : { address: { url } },
  };
}

function tableOf(resources: Partial<RouteResources>) {
  return routeTable({
    httpSources: [],
    eventActivations: [],
    brokerOf: (key) => broker(`http://ingress/${key}`),
    busBrokerKey,
    ...resources,
  });
}

function meshKeys(table: ReturnType<typeof tableOf>, application: string): string[] {
  return (table.applications.get(application)?.meshBrokers ?? []).map(({ key }) => key);
}

describe('routeTable', () => {
  it('sends each endpoint to its default path', () => {
    const table = tableOf({ httpSources: [httpSource('kyma-integration/commerce', 'commerce')] });
    const commerce = table.applications.get('commerce');
    const keysFor = (endpoint: 'legacy' | 'events' | 'publish') =>
      brokersFor(table, commerce, endpoint).map(({ key }) => key);
    expect(keysFor('legacy')).toEqual([busBrokerKey]);
    expect(keysFor('events')).toEqual(['kyma-integration/default']);
    expect(keysFor('publish')).toEqual([busBrokerKey]);
  });

  it('follows spec.endpoints, endpoint by endpoint', () => {
    const spec = { endpoints: { legacy: 'mesh', events: 'bus' } };
    const table = tableOf({ httpSources: [httpSource('a/commerce', 'commerce', { spec })] });
    const commerce = table.applications.get('commerce');
    expect(brokersFor(table, commerce, 'legacy').map(({ key }) => key)).toEqual(['a/default']);
    expect(brokersFor(table, commerce, 'events').map(({ key }) => key)).toEqual([busBrokerKey]);
  });

  it('sends events of no Application to the bus', () => {
    const table = tableOf({});
    expect(brokersFor(table, undefined, 'publish')).toEqual([table.bus]);
  });

  it('binds an Application to the Namespaces of its EventActivations, each once', () => {
    const table = tableOf({
      httpSources: [httpSource('kyma-integration/commerce', 'commerce')],
      eventActivations: [
        activation('shop', 'commerce'),
        activation('billing', 'commerce'),
        activation('shop', 'commerce'),
        activation('other', 'marketing'),
      ],
    });
    expect(meshKeys(table, 'commerce')).toEqual(['billing/default', 'shop/default']);
  });

  it('ignores an EventActivation that is being deleted', () => {
    const table = tableOf({
      httpSources: [httpSource('home/commerce', 'commerce')],
      eventActivations: [activation('shop', 'commerce', true)],
    });
    expect(meshKeys(table, 'commerce')).toEqual(['home/default']);
  });

  it('lets the oldest of two HTTPSources with one source win, and lists only that one', () => {
    const table = tableOf({
      httpSources: [
        httpSource('b/late', 'commerce', { created: '2021-01-01T00:00:00Z' }),
        httpSource('c/early', 'commerce', { created: '2020-01-01T00:00:00Z' }),
      ],
    });
    expect(meshKeys(table, 'commerce')).toEqual(['c/default']);
    expect([...table.generations]).toEqual([['c/early', 3]]);
  });

  it('ignores objects without a spec or a source, which no schema of Kyma keeps out', () => {
    const table = tableOf({
      httpSources: [
        { ...httpSource('a/none', ''), spec: undefined as never },
        httpSource('a/empty', ''),
      ],
      eventActivations: [{ ...activation('shop', ''), spec: undefined as never }],
    });
    expect(table.applications.size).toBe(0);
  });

  it('decides by key between two HTTPSources of one second', () => {
    const table = tableOf({ httpSources: [httpSource('b/x', 'app'), httpSource('a/y', 'app')] });
    expect(meshKeys(table, 'app')).toEqual(['a/default']);
  });

  it('takes the name for subjects from the label application-type, whatever the case of its key', () => {
    const labels = { 'Application-Type': 't..est-apptype' };
    const table = tableOf({ httpSources: [httpSource('a/app', 'app', { labels })] });
    expect(table.applications.get('app')?.typeName).toBe('t..est-apptype');
  });

  it.each([
    ['http://ingress.local:8080/ns/default', { origin: 'http://ingress.local:8080' }],
    ['https://ingress/ns/default?a=b', { origin: 'https://ingress', path: '/ns/default?a=b' }],
  ])('takes the address %s apart', (url, address) => {
    const table = tableOf({ brokerOf: () => broker(url) });
    expect(table.bus).toMatchObject({ kind: 'addressed', address });
  });

  it.each([
    [undefined, 'Broker "kyma-system/event-bus" does not exist'],
    [broker(undefined), 'Broker "kyma-system/event-bus" has no address yet'],
    [broker('nats://x'), 'Broker "kyma-system/event-bus" has a bad address "nats://x"'],
    [broker('::'), 'Broker "kyma-system/event-bus" has a bad address "::"'],
  ])('says why the Broker %j cannot be reached', (found, reason) => {
    const table = tableOf({ brokerOf: () => found });
    expect(table.bus).toEqual({ kind: 'unaddressed', key: busBrokerKey, reason });
  });
});
