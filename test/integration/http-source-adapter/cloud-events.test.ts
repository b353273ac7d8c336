import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  cloudEventHeaders,
  startCommerceFixture,
  untilPassing,
  type AdapterFixture,
} from './adapter-fixture.ts';

const path = '/commerce/events';
const structured = {
  specversion: '1.0',
  id: 'id-1',
  source: 'sender',
  type: 'order.created',
  datacontenttype: 'application/json',
  data: { number: 1 },
};

let adapter: AdapterFixture;

beforeAll(async () => {
  adapter = await startCommerceFixture({ MAX_EVENT_BYTES: '2000' });
});
afterAll(() => adapter.stop());
beforeEach(() => {
  adapter.received.length = 0;
  adapter.answerWith(202);
});

/** Headers of the one event that a Broker got. */
function forwarded(): Readonly<Record<string, string>> {
  expect(adapter.received).toHaveLength(1);
  return adapter.received[0]?.headers ?? {};
}

describe('POST /<app>/events', () => {
  it('answers 200 without a body and forwards to the default Broker of the bound Namespace', async () => {
    const answer = await adapter.post(path, cloudEventHeaders, '{"a":1}');
    expect([answer.code, answer.body]).toEqual([200, '']);
    expect(adapter.received).toMatchObject([{ method: 'POST', path: '/shop/default' }]);
    expect(String(adapter.received[0]?.body)).toBe('{"a":1}');
  });

  it('forces the source and passes everything else', async () => {
    const extra = {
      'ce-time': '2020-01-01T10:00:00Z',
      'ce-subject': 'order 7',
      'ce-dataschema': 'http://schema',
      'CE-EventTypeVersion': 'v1',
    };
    await adapter.post(path, { ...cloudEventHeaders, ...extra }, '{}');
    expect(forwarded()).toMatchObject({
      'ce-specversion': '1.0',
      'ce-id': 'id-1',
      'ce-source': 'commerce',
      'ce-type': 'order.created',
      'ce-time': '2020-01-01T10:00:00Z',
      'ce-subject': 'order 7',
      'ce-dataschema': 'http://schema',
      'ce-eventtypeversion': 'v1',
      'content-type': 'application/json',
    });
  });

  it('adds the time when none was sent', async () => {
    await adapter.post(path, cloudEventHeaders, '{}');
    const age = Date.now() - Date.parse(forwarded()['ce-time'] ?? '');
    expect(age).toBeLessThan(10_000);
  });

  it('sets the aliases whatever the sender claims', async () => {
    const forged = { 'ce-kymasubject': 'kyma.other.a.v1', 'ce-kymaexactsubject': 'kyma.x' };
    await adapter.post(path, { ...cloudEventHeaders, ...forged }, '{}');
    expect(forwarded()['ce-kymasubject']).toBe('kyma.commerce.order.created');
    expect(forwarded()).not.toHaveProperty('ce-kymaexactsubject');
  });

  it('forwards an event whose type has no alias without one', async () => {
    const headers = { ...cloudEventHeaders, 'ce-type': 'order..created' };
    expect((await adapter.post(path, headers, '{}')).code).toBe(200);
    expect(forwarded()).not.toHaveProperty('ce-kymasubject');
  });

  it("sends the sender's id as Idempotency-Key", async () => {
    await adapter.post(path, { ...cloudEventHeaders, 'idempotency-key': 'forged' }, '{}');
    expect(forwarded()['idempotency-key']).toBe('id-1');
  });

  it('carries trace headers and the request id, and nothing else of the request', async () => {
    const trace = {
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      tracestate: 'a=b',
      b3: '1-2-1',
      'x-b3-traceid': '463ac35c9f6413ad48485a3953bb6124',
      'x-request-id': 'r-1',
    };
    await adapter.post(path, { ...cloudEventHeaders, ...trace, authorization: 'secret' }, '{}');
    expect(forwarded()).toMatchObject(trace);
    expect(forwarded()).not.toHaveProperty('authorization');
  });

  it.each(['application/cloudevents+json', 'application/cloudevents+json; charset=utf-8'])(
    'takes structured mode as %s and forwards it in binary mode with the bytes of its data',
    async (contentType) => {
      const text = JSON.stringify(structured).replace('1}', '12345678901234567890}');
      const answer = await adapter.post(path, { 'content-type': contentType }, text);
      expect(answer.code).toBe(200);
      expect(forwarded()).toMatchObject({
        'ce-id': 'id-1',
        'ce-source': 'commerce',
        'content-type': 'application/json',
      });
      expect(String(adapter.received[0]?.body)).toBe('{"number":12345678901234567890}');
    },
  );

  it('takes a batch and forwards its events one by one', async () => {
    const headers = { 'content-type': 'application/cloudevents-batch+json' };
    const batch = [structured, { ...structured, id: 'id-2' }];
    const answer = await adapter.post(path, headers, JSON.stringify(batch));
    expect([answer.code, answer.body]).toEqual([200, '']);
    const ids = adapter.received.map((one) => one.headers['idempotency-key']);
    expect(ids.sort()).toEqual(['id-1', 'id-2']);
  });

  it('refuses a batch with a malformed event and forwards none of it', async () => {
    const headers = { 'content-type': 'application/cloudevents-batch+json' };
    const batch = [structured, { ...structured, type: '' }];
    const answer = await adapter.post(path, headers, JSON.stringify(batch));
    expect([answer.code, JSON.parse(answer.body)]).toEqual([
      400,
      { error: 'type: MUST be a non-empty string' },
    ]);
    expect(adapter.received).toEqual([]);
  });

  it.each([
    [{ 'ce-specversion': '0.1' }, 'unsupported cloudevents version'],
    [{ 'ce-specversion': '0.2' }, 'unsupported cloudevents version'],
    [{ 'ce-specversion': '0.3' }, 'unsupported cloudevents version'],
    [{ 'ce-specversion': '2.0' }, 'unknown encoding: Unknown'],
    [{ 'ce-id': '' }, 'id: MUST be a non-empty string'],
    [{ 'ce-source': '' }, 'source: REQUIRED'],
    [{ 'ce-type': '' }, 'type: MUST be a non-empty string'],
    [
      { 'ce-id': '', 'ce-source': '', 'ce-type': '' },
      'id: MUST be a non-empty string\nsource: REQUIRED\ntype: MUST be a non-empty string',
    ],
    [{ 'ce-time': 'foo' }, 'cannot convert "foo" to time.Time: not in RFC3339 format'],
  ])('answers 400 to %j', async (change, error) => {
    const answer = await adapter.post(path, { ...cloudEventHeaders, ...change }, '{}');
    expect([answer.code, JSON.parse(answer.body)]).toEqual([400, { error }]);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(adapter.received).toEqual([]);
  });

  it.each([
    [{ specversion: '0.1' }, 'unsupported cloudevents version'],
    [{ specversion: '0.2' }, 'unsupported cloudevents version'],
    [{ specversion: '0.3' }, 'unsupported cloudevents version'],
    [{ specversion: '2.0' }, 'unknown encoding: Unknown'],
    [{ id: '' }, 'id: MUST be a non-empty string'],
    [{ source: undefined }, 'source: REQUIRED'],
    [{ type: undefined }, 'type: MUST be a non-empty string'],
    [
      { id: undefined, source: undefined, type: undefined },
      'id: MUST be a non-empty string\nsource: REQUIRED\ntype: MUST be a non-empty string',
    ],
    [{ time: 'foo' }, 'cannot convert "foo" to time.Time: not in RFC3339 format'],
  ])('answers 400 to a structured event with %j', async (change, error) => {
    const headers = { 'content-type': 'application/cloudevents+json' };
    const answer = await adapter.post(path, headers, JSON.stringify({ ...structured, ...change }));
    expect([answer.code, JSON.parse(answer.body)]).toEqual([400, { error }]);
    expect(adapter.received).toEqual([]);
  });

  it.each([
    ['no specversion', { 'ce-id': '1', 'ce-source': 's', 'ce-type': 't' }, '{}'],
    ['plain JSON', { 'content-type': 'application/json' }, '{"a":1}'],
    [
      'structured mode without specversion',
      { 'content-type': 'application/cloudevents+json' },
      '{}',
    ],
  ])('answers 400 without a body to %s', async (_case, headers, body) => {
    const answer = await adapter.post(path, headers, body);
    expect([answer.code, answer.body]).toEqual([400, '']);
  });

  it('answers 400 to a structured event that is no JSON', async () => {
    const headers = { 'content-type': 'application/cloudevents+json' };
    const answer = await adapter.post(path, headers, '{');
    expect([answer.code, JSON.parse(answer.body)]).toEqual([400, { error: 'Invalid request' }]);
  });

  it('answers 415 to an event format that it does not know', async () => {
    const headers = { 'content-type': 'application/cloudevents+xml' };
    const answer = await adapter.post(path, headers, '<event/>');
    expect(answer.code).toBe(415);
    expect(JSON.parse(answer.body)).toEqual({ error: expect.any(String) });
  });

  it('answers 405 to another method', async () => {
    const answer = await adapter.get(path);
    expect([answer.code, answer.headers.allow]).toEqual([405, 'POST']);
    expect(JSON.parse(answer.body)).toEqual({ code: 405, error: 'Method not allowed.' });
  });

  it('answers 413 to a body that is too long, whether its length is announced or not', async () => {
    const error = { error: 'the body is longer than 2000 bytes' };
    const announced = await adapter.post(path, cloudEventHeaders, 'x'.repeat(2001));
    expect([announced.code, JSON.parse(announced.body)]).toEqual([413, error]);
    const chunks = ['x'.repeat(1000), 'x'.repeat(1001)];
    const chunked = await adapter.postChunks(path, cloudEventHeaders, chunks);
    expect([chunked.code, JSON.parse(chunked.body)]).toEqual([413, error]);
  });

  it.each([200, 202, 204])('answers 200 when the Broker answers %i', async (code) => {
    adapter.answerWith(code);
    const answer = await adapter.post(path, cloudEventHeaders, '{}');
    expect([answer.code, answer.body]).toEqual([200, '']);
  });

  it.each([301, 400, 404, 429, 500])(
    'answers 502 without a body when the Broker answers %i',
    async (code) => {
      adapter.answerWith({ code, body: 'a detail that the sender must not see' });
      const answer = await adapter.post(path, cloudEventHeaders, '{}');
      expect([answer.code, answer.body]).toEqual([502, '']);
    },
  );

  it.each([
    [507, 507, undefined],
    [413, 413, undefined],
    [503, 503, '1'],
  ])('passes on that the Broker answered %i', async (brokerCode, code, retryAfter) => {
    adapter.answerWith(brokerCode);
    const answer = await adapter.post(path, cloudEventHeaders, '{}');
    expect([answer.code, answer.headers['retry-after']]).toEqual([code, retryAfter]);
    expect(JSON.parse(answer.body)).toEqual({ error: expect.stringContaining('shop/default') });
  });

  it("passes on the Broker's Retry-After", async () => {
    adapter.answerWith({ code: 503, headers: { 'retry-after': '17' } });
    const answer = await adapter.post(path, cloudEventHeaders, '{}');
    expect(answer.headers['retry-after']).toBe('17');
  });

  it('answers 502 without a body when the Broker does not answer in time', async () => {
    adapter.answerWith('hang');
    const answer = await adapter.post(path, cloudEventHeaders, '{}');
    expect([answer.code, answer.body]).toEqual([502, '']);
  });

  it.each([
    ['nothing listens at the address', 'billing', 'http://127.0.0.1:1/'],
    ['the name of the address is unknown', 'travel', 'http://broker.invalid/'],
  ])('answers 502 without a body when %s', async (_case, name, url) => {
    await adapter.addBroker(`${name}/default`, url);
    await adapter.bind(name, name);
    await adapter.addApplication(name);
    await untilPassing(async () => {
      const answer = await adapter.post(`/${name}/events`, cloudEventHeaders, '{}');
      expect([answer.code, answer.body]).toEqual([502, '']);
    });
  });
});
