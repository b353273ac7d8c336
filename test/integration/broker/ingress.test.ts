import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Broker } from '@jetmesh/eventing-api';
import { postEvent, postRaw } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';

describe('the ingress', () => {
  let mesh: BrokerMesh;
  let broker: Broker;
  let url: string;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress({ MAX_EVENT_BYTES: '256Ki' });
    broker = await mesh.broker({ stream: { retention: 'kept' } });
    url = mesh.addressOf(broker);
  }, 30_000);
  afterAll(() => mesh.stop());

  const origin = () => new URL(url).origin;
  const storedIds = async () =>
    (await mesh.controller.stored(broker)).map(
      ({ headers }) => headers[headers.indexOf('ce-id') + 1],
    );

  it.each([
    ['OPTIONS', '/shop/x', 200],
    ['GET', '/shop/x', 405],
    ['PUT', '/shop/x', 405],
    ['HEAD', '/', 405],
    ['POST', '/', 404],
    ['POST', '/shop', 400],
    ['POST', '/a/b/c', 400],
    ['POST', '/shop/unknown', 404],
    ['POST', '/other/default', 404],
  ] as const)('%s %s is %i and says what is allowed', async (method, path, code) => {
    const answer = await postRaw(`${origin()}${path}`, {}, '', method);
    expect(answer).toMatchObject({ code, headers: { allow: 'POST, OPTIONS' } });
  });

  it('answers a probe with what web hooks ask for', async () => {
    const answer = await postRaw(url, {}, '', 'OPTIONS');
    expect(answer.headers).toMatchObject({
      'webhook-allowed-origin': '*',
      'webhook-allowed-rate': '*',
    });
  });

  it('stores an event in binary mode with the headers that travel with it', async () => {
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const headers = { traceparent: trace, authorization: 'secret', 'ce-id': 'carried' };
    expect(await postEvent(url, headers, '{"a":1}')).toMatchObject({ code: 202, body: '' });
    const message = (await mesh.controller.stored(broker)).find(({ headers }) =>
      headers.includes('carried'),
    );
    expect(message?.data.toString()).toBe('{"a":1}');
    expect(message?.headers).toEqual(expect.arrayContaining(['ce-knativebrokerttl', '255', trace]));
    expect(message?.headers).not.toContain('secret');
  });

  it('takes structured events, and a trailing slash', async () => {
    const event = { specversion: '1.0', id: 'structured', source: '/s', type: 't', data: { b: 2 } };
    const type = { 'content-type': 'application/cloudevents+json' };
    expect((await postRaw(`${url}/`, type, JSON.stringify(event))).code).toBe(202);
    expect(await storedIds()).toContain('structured');
  });

  it.each([
    ['no id', { 'ce-id': undefined }, 'id'],
    ['no source', { 'ce-source': undefined }, 'source'],
    ['no type', { 'ce-type': undefined }, 'type'],
    ['no version', { 'ce-specversion': undefined }, 'specversion'],
    ['no hops left', { 'ce-knativebrokerttl': '1' }, 'knativebrokerttl'],
  ])('refuses an event with %s, naming the field', async (_case, changes, field) => {
    const answer = await postEvent(url, changes);
    expect(answer.code).toBe(400);
    const { error } = JSON.parse(answer.body) as { error: string };
    expect(error).toMatch(new RegExp(`^${field}: `));
  });

  it('refuses what it cannot read with 415', async () => {
    const type = { 'content-type': 'application/cloudevents+avro' };
    expect((await postRaw(url, type, 'x')).code).toBe(415);
  });

  it('stores a batch as a whole, or nothing of it', async () => {
    const event = { specversion: '1.0', source: '/s', type: 't' };
    const type = { 'content-type': 'application/cloudevents-batch+json' };
    const batch = (ids: string[]) => JSON.stringify(ids.map((id) => ({ ...event, id })));
    expect((await postRaw(url, type, batch(['batch-1', 'batch-2']))).code).toBe(202);
    const refused = await postRaw(url, type, batch(['batch-3', '']));
    expect(refused.code).toBe(400);
    expect(refused.body).toContain('[1].id: ');
    const ids = await storedIds();
    expect(ids).toEqual(expect.arrayContaining(['batch-1', 'batch-2']));
    expect(ids).not.toContain('batch-3');
  });

  it('stores a batch of more events than may be under way at once', async () => {
    const events = Array.from({ length: 1_500 }, (_, index) => ({
      specversion: '1.0',
      id: `many-${index}`,
      source: '/s',
      type: 't',
    }));
    const type = { 'content-type': 'application/cloudevents-batch+json' };
    expect((await postRaw(url, type, JSON.stringify(events))).code).toBe(202);
    expect(await storedIds()).toContain('many-1499');
  });

  it('says which events of a batch it could not store', async () => {
    const ingress = await mesh.startIngress({ MAX_OUTSTANDING_COUNT: '1' });
    const target = `http://127.0.0.1:${ingress.port}${new URL(url).pathname}`;
    const events = Array.from({ length: 300 }, (_, index) => ({
      specversion: '1.0',
      id: `part-${index}`,
      source: '/s',
      type: 't',
    }));
    const type = { 'content-type': 'application/cloudevents-batch+json' };
    const answer = await postRaw(target, type, JSON.stringify(events));
    expect(answer).toMatchObject({ code: 503, headers: { 'retry-after': '1' } });
    const { error, failed } = JSON.parse(answer.body) as { error: string; failed: unknown[] };
    expect(error).toBe('299 of 300 events were not stored');
    expect(failed[0]).toMatchObject({ index: 1, code: 503 });
    const stored = (await storedIds()).filter((id) => id?.startsWith('part-'));
    expect(stored).toEqual(['part-0']);
    await mesh.stopProgram(ingress);
  });

  it('stores what a sender repeats with the same Idempotency-Key once', async () => {
    const key = { 'idempotency-key': 'order-1', 'ce-id': 'idempotent' };
    const codes = [(await postEvent(url, key)).code, (await postEvent(url, key)).code];
    expect(codes).toEqual([202, 202]);
    expect((await storedIds()).filter((id) => id === 'idempotent')).toHaveLength(1);
  });

  it('stores equal events of a sender without a key as often as they are sent', async () => {
    await postEvent(url, { 'ce-id': 'twice' });
    await postEvent(url, { 'ce-id': 'twice' });
    expect((await storedIds()).filter((id) => id === 'twice')).toHaveLength(2);
  });

  describe('of a Broker that de-duplicates by source and id', () => {
    const batchType = { 'content-type': 'application/cloudevents-batch+json' };
    let address: string;
    let careful: Broker;
    const storedCount = async () => (await mesh.controller.stored(careful)).length;

    beforeAll(async () => {
      const annotations = { 'jetmesh.dev/deduplication': 'source-and-id' };
      careful = await mesh.broker({ stream: { retention: 'kept' }, annotations });
      address = mesh.addressOf(careful);
    });

    it('stores one of two with the same source and id, whatever else they carry', async () => {
      const first = await postEvent(address, { 'ce-id': 'same', 'idempotency-key': 'a' });
      const second = await postEvent(
        address,
        { 'ce-id': 'same', 'idempotency-key': 'b' },
        '{"b":1}',
      );
      expect([first.code, second.code]).toEqual([202, 202]);
      expect(await storedCount()).toBe(1);
    });

    it('stores both of two that share only a key, an id or a source', async () => {
      const before = await storedCount();
      await postEvent(address, { 'ce-id': 'x', 'ce-source': '/one', 'idempotency-key': 'key' });
      await postEvent(address, { 'ce-id': 'x', 'ce-source': '/two', 'idempotency-key': 'key' });
      await postEvent(address, { 'ce-id': 'y', 'ce-source': '/two', 'idempotency-key': 'key' });
      expect(await storedCount()).toBe(before + 3);
    });

    it('stores what a batch says twice once', async () => {
      const before = await storedCount();
      const event = { specversion: '1.0', id: 'in-batch', source: '/s', type: 't' };
      const answer = await postRaw(address, batchType, JSON.stringify([event, event]));
      expect(answer.code).toBe(202);
      expect(await storedCount()).toBe(before + 1);
    });
  });

  it('gives new events the hops that their Broker says', async () => {
    const annotations = { 'jetmesh.dev/event-ttl': '3' };
    const short = await mesh.broker({ stream: { retention: 'kept' }, annotations });
    await postEvent(mesh.addressOf(short));
    await postEvent(mesh.addressOf(short), { 'ce-knativebrokerttl': '200' });
    const stored = await mesh.controller.stored(short);
    const hops = stored.map(({ headers }) => headers[headers.indexOf('ce-knativebrokerttl') + 1]);
    expect(hops).toEqual(['3', '3']);
  });

  it('takes events of a Broker with a wrong option as if it had none', async () => {
    const annotations = { 'jetmesh.dev/deduplication': 'yes', 'jetmesh.dev/event-ttl': 'long' };
    const wrong = await mesh.broker({ stream: { retention: 'kept' }, annotations });
    expect((await postEvent(mesh.addressOf(wrong))).code).toBe(202);
    expect((await postEvent(mesh.addressOf(wrong))).code).toBe(202);
    expect(await mesh.controller.stored(wrong)).toHaveLength(2);
  });

  it('counts its answers by Broker and code', async () => {
    const ingress = await mesh.startIngress();
    const path = new URL(url).pathname;
    await postEvent(`http://127.0.0.1:${ingress.port}${path}`);
    const metrics = await fetch(`http://127.0.0.1:${ingress.adminPort}/metrics`);
    const text = await metrics.text();
    const name = broker.metadata.name;
    expect(text).toContain(
      `eventing_ingress_events_total{namespace="shop",broker="${name}",code="202"} 1`,
    );
    expect(text).toContain('eventing_ingress_outstanding_events 0');
    await mesh.stopProgram(ingress);
  });
});
