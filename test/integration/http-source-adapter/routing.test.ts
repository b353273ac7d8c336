import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventActivationKind, httpSourceKind, leaseKind, type Lease } from '@jetmesh/eventing-api';
import { eventually } from '../../support/eventually.ts';
import {
  cloudEventHeaders,
  legacyEvent,
  startCommerceFixture,
  untilPassing,
  type AdapterFixture,
} from './adapter-fixture.ts';

const source = 'kyma-integration/commerce';
let adapter: AdapterFixture;

beforeAll(async () => {
  adapter = await startCommerceFixture();
});
afterAll(() => adapter.stop());
beforeEach(() => {
  adapter.received.length = 0;
  adapter.answerWith(202);
});

async function lease(): Promise<Lease | undefined> {
  return adapter.client.get<Lease>(leaseKind, 'jetmesh-system/http-source-adapter-test');
}

async function routedGenerations(): Promise<Record<string, number>> {
  const text = (await lease())?.metadata.annotations?.['jetmesh.dev/routed-generations'];
  return JSON.parse(text ?? '{}') as Record<string, number>;
}

async function patchSource(endpoints: object): Promise<number> {
  const patched = await adapter.client.mergePatch(httpSourceKind, source, { spec: { endpoints } });
  return patched.metadata.generation ?? 0;
}

describe('the adapter', () => {
  it.each(['/healthz', '/v1/health', '/readyz'])('answers 200 on %s', async (path) => {
    const answer = await adapter.get(path);
    expect([answer.code, answer.body]).toEqual([200, '']);
    expect((await adapter.post(path, {}, 'x')).code).toBe(200);
  });

  it.each(['/', '/commerce', '/commerce/eventsXYZ', '/commerce/v3/events'])(
    'answers 404 on %s',
    async (path) => {
      const answer = await adapter.post(path, {}, '');
      const error = 'Requested resource could not be found.';
      expect([answer.code, JSON.parse(answer.body)]).toEqual([404, { code: 404, error }]);
    },
  );

  it.each(['/nobody/events', '/nobody/v1/events', '/nobody/v2/events'])(
    'answers 404 with the reason on %s, whose Application nobody declared',
    async (path) => {
      const answer = await adapter.post(path, cloudEventHeaders, '{}');
      const error = 'Application "nobody" is not known: no HTTPSource has it as spec.source.';
      expect([answer.code, JSON.parse(answer.body)]).toEqual([404, { code: 404, error }]);
    },
  );

  it('is confirmed by a Lease that carries the generations that it routes by', async () => {
    await untilPassing(async () => expect(await routedGenerations()).toEqual({ [source]: 1 }));
    expect(await lease()).toMatchObject({
      metadata: { labels: { 'jetmesh.dev/component': 'http-source-adapter' } },
      spec: { holderIdentity: 'test', renewTime: expect.any(String) },
    });
  });

  it('routes by a new generation before it confirms it', async () => {
    for (const legacy of ['mesh', 'bus'] as const) {
      const generation = await patchSource({ legacy });
      await untilPassing(async () => expect((await routedGenerations())[source]).toBe(generation));
      adapter.received.length = 0;
      await adapter.post('/commerce/v1/events', {}, JSON.stringify(legacyEvent));
      const path = legacy === 'mesh' ? '/shop/default' : '/kyma-system/event-bus';
      expect(adapter.received).toMatchObject([{ path }]);
    }
  });

  it('confirms a generation only when no request runs by an older one', async () => {
    adapter.answerWith('hang');
    const before = (await routedGenerations())[source];
    const slow = adapter.post('/commerce/v1/events', {}, JSON.stringify(legacyEvent));
    await eventually(() => adapter.received.length === 1);
    const generation = await patchSource({ legacy: 'mesh' });
    await adapter.addApplication('probe');
    expect((await routedGenerations())[source]).toBe(before);
    await slow;
    await untilPassing(async () => expect((await routedGenerations())[source]).toBe(generation));
    await patchSource({ legacy: 'bus' });
  });

  it('sends an event to the Broker of every bound Namespace and answers 2xx only when all stored it', async () => {
    await adapter.bind('commerce', 'billing');
    const post = () => adapter.post('/commerce/events', cloudEventHeaders, '{}');
    await untilPassing(async () => expect((await post()).code).toBe(502));
    await adapter.addBroker('billing/default');
    await untilPassing(async () => expect((await post()).code).toBe(200));
    adapter.received.length = 0;
    expect((await post()).code).toBe(200);
    expect(adapter.received.map(({ path }) => path).sort()).toEqual([
      '/billing/default',
      '/shop/default',
    ]);

    adapter.answerWith(({ path }) => (path === '/billing/default' ? 507 : 202));
    expect((await post()).code).toBe(507);
    await adapter.client.delete(eventActivationKind, 'billing/commerce');
    await untilPassing(async () => expect((await post()).code).toBe(200));
  });

  it('ends open requests and takes its Lease away when it stops', async () => {
    const stopping = await startCommerceFixture({ POD_NAME: 'stopping' });
    try {
      stopping.answerWith('hang');
      const open = stopping.post('/commerce/events', cloudEventHeaders, '{}');
      await eventually(() => stopping.received.length === 1);
      await stopping.stopAdapter();
      expect((await open).code).toBe(502);
      const key = 'jetmesh-system/http-source-adapter-stopping';
      expect(await stopping.client.get(leaseKind, key)).toBeUndefined();
    } finally {
      await stopping.stop();
    }
  });
});

describe('CLIENT_CERT_CHECK=subject', () => {
  it('lets only the Application itself pass', async () => {
    const checked = await startCommerceFixture({ CLIENT_CERT_CHECK: 'subject' });
    try {
      const post = async (certificate: Record<string, string>) => {
        const headers = { ...cloudEventHeaders, ...certificate };
        return (await checked.post('/commerce/events', headers, '{}')).code;
      };
      expect(await post({})).toBe(500);
      expect(await post({ 'x-forwarded-client-cert': 'Subject="CN=other"' })).toBe(403);
      expect(await post({ 'x-forwarded-client-cert': 'Subject="O=x,CN=commerce"' })).toBe(200);
      expect((await checked.post('/publish', cloudEventHeaders, '{}')).code).toBe(204);
    } finally {
      await checked.stop();
    }
  });
});
