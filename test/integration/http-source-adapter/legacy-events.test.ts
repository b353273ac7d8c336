import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { triggerKind, type Trigger } from '@jetmesh/eventing-api';
import { request } from 'undici';
import { eventually } from '../../support/eventually.ts';
import {
  legacyEvent,
  startCommerceFixture,
  untilPassing,
  type AdapterFixture,
} from './adapter-fixture.ts';

const path = '/commerce/v1/events';
const json = { 'content-type': 'application/json' };
const { 'event-id': id } = legacyEvent;
const legacyEventV2 = {
  id,
  source: 'ignored',
  specversion: '0.3',
  type: 'order.created',
  eventtypeversion: 'v1',
  time: '2020-01-01T10:00:00Z',
  data: { orderCode: '42' },
};
const incorrect = 'We need all your entries to be correct to keep you moving.';

let adapter: AdapterFixture;

beforeAll(async () => {
  adapter = await startCommerceFixture();
  await adapter.addApplication('onmesh', { endpoints: { legacy: 'mesh' } });
  await adapter.bind('onmesh', 'shop');
  await eventually(async () => (await send('/onmesh/v1/events', legacyEvent)).code === 200);
});
afterAll(() => adapter.stop());
beforeEach(() => {
  adapter.received.length = 0;
  adapter.answerWith(202);
});

async function send(to: string, body: object | string, headers: Record<string, string> = json) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { code, headers: answered, body: answer } = await adapter.post(to, headers, text);
  return { code, headers: answered, body: JSON.parse(answer) as unknown };
}

function violation(message: string, field: string, type: string, more: object = {}) {
  const details = [{ field, type, message, ...more }];
  return { status: 400, type: 'validation_violation', message, details };
}

function badPayload(moreInfo: unknown) {
  return { status: 400, type: 'bad_payload_syntax', message: 'Bad payload syntax', moreInfo };
}

async function addBusTrigger(name: string, filter: Trigger['spec']['filter']): Promise<void> {
  await adapter.create(triggerKind, {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { namespace: 'kyma-system', name },
    spec: { broker: 'event-bus', filter, subscriber: { uri: 'http://x' } },
  } as Trigger);
  const status = { annotations: { 'jetmesh.dev/consumer': name } };
  const key = `kyma-system/${name}`;
  await adapter.client.mergePatch(triggerKind, key, { status }, { subresource: 'status' });
}

describe('the golden example of kyma.md §7.7', () => {
  const canonical = {
    'ce-specversion': '1.0',
    'ce-id': id,
    'ce-source': 'commerce',
    'ce-type': 'order.created',
    'ce-eventtypeversion': 'v1',
    'ce-time': '2020-01-01T10:00:00Z',
    'ce-kymasubject': 'kyma.commerce.order.created.v1',
    'ce-kymaexactsubject': 'kyma.sap.kyma.custom.commerce.order.created.v1',
    'content-type': 'application/json',
    'idempotency-key': id,
  };

  it('is stored once on the bus, under every name, and answered as the bus did', async () => {
    await addBusTrigger('golden', { attributes: { source: 'commerce', type: 'order.created' } });
    await untilPassing(async () => {
      adapter.received.length = 0;
      const answer = await send(path, legacyEvent);
      expect(answer.code).toBe(200);
      expect(answer.body).toEqual({
        'event-id': id,
        status: 'published',
        reason: 'Message successfully published to the channel',
      });
    });
    expect(adapter.received).toHaveLength(1);
    expect(adapter.received[0]).toMatchObject({
      path: '/kyma-system/event-bus',
      headers: canonical,
    });
    expect(String(adapter.received[0]?.body)).toBe('{"orderCode":"42"}');
    await adapter.client.delete(triggerKind, 'kyma-system/golden');
  });

  it('has the same form on the mesh, and the answer of the compatibility layer', async () => {
    const answer = await send('/onmesh/v1/events', legacyEvent);
    expect([answer.code, answer.body]).toEqual([200, { 'event-id': id, status: '', reason: '' }]);
    expect(adapter.received).toHaveLength(1);
    expect(adapter.received[0]).toMatchObject({
      path: '/shop/default',
      headers: {
        ...canonical,
        'ce-source': 'onmesh',
        'ce-kymasubject': 'kyma.onmesh.order.created.v1',
        'ce-kymaexactsubject': 'kyma.sap.kyma.custom.onmesh.order.created.v1',
      },
    });
  });
});

describe('POST /<app>/v1/events', () => {
  it('makes an id when none was sent, and then sends no Idempotency-Key', async () => {
    const answer = await send(path, { ...legacyEvent, 'event-id': undefined });
    const made = (answer.body as { 'event-id': string })['event-id'];
    expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(adapter.received[0]?.headers).toMatchObject({ 'ce-id': made });
    expect(adapter.received[0]?.headers).not.toHaveProperty('idempotency-key');
  });

  it('keeps the bytes of the data', async () => {
    const data = '{ "big": 12345678901234567890.10, "text":"ü" }';
    const body = JSON.stringify({ ...legacyEvent, data: 0 }).replace('"data":0', `"data": ${data}`);
    expect((await send(path, body)).code).toBe(200);
    expect(String(adapter.received[0]?.body)).toBe(data);
  });

  it('forwards ce-* headers as extensions that the body wins over, and trace headers', async () => {
    await send(path, legacyEvent, {
      'ce-tenant': 'a',
      'ce-type': 'forged',
      'ce-kymasubject': 'forged',
      'x-b3-traceid': '463ac35c9f6413ad48485a3953bb6124',
      'x-request-id': 'r-1',
    });
    expect(adapter.received[0]?.headers).toMatchObject({
      'ce-tenant': 'a',
      'ce-type': 'order.created',
      'ce-kymasubject': 'kyma.commerce.order.created.v1',
      'x-b3-traceid': '463ac35c9f6413ad48485a3953bb6124',
      'x-request-id': 'r-1',
    });
  });

  it('does not look at the content type', async () => {
    expect((await send(path, legacyEvent, { 'content-type': 'text/plain' })).code).toBe(200);
  });

  it.each([
    [
      'my-app_1',
      'Account.Order.Created',
      'v2',
      'kyma.my-app_1.Account.Order.Created.v2',
      'kyma.sap.kyma.custom.myapp1.AccountOrder.Created.v2',
    ],
    ['app', 'order', 'v1', 'kyma.app.order.v1', 'kyma.sap.kyma.custom.app.order.v1'],
  ])('gives %s, %s, %s its two names', async (application, type, version, standard, exact) => {
    await adapter.addApplication(application);
    const body = { ...legacyEvent, 'event-type': type, 'event-type-version': version };
    expect((await send(`/${application}/v1/events`, body)).code).toBe(200);
    expect(adapter.received[0]?.headers).toMatchObject({
      'ce-type': type,
      'ce-eventtypeversion': version,
      'ce-source': application,
      'ce-kymasubject': standard,
      'ce-kymaexactsubject': exact,
    });
  });

  it.each([
    ['no body', '', badPayload('Bad payload syntax')],
    ['no JSON', '{', badPayload(expect.stringContaining('JSON'))],
    [
      'a field of another type',
      { ...legacyEvent, 'event-type': 1 },
      badPayload('event-type must be a string'),
    ],
    [
      'no type',
      { ...legacyEvent, 'event-type': '' },
      violation('Missing field', 'event-type', 'missing_field'),
    ],
    [
      'no version',
      { ...legacyEvent, 'event-type-version': undefined },
      violation('Missing field', 'event-type-version', 'missing_field'),
    ],
    [
      'a bad version',
      { ...legacyEvent, 'event-type-version': 'v.1' },
      violation('Invalid field', 'event-type-version', 'invalid_field'),
    ],
    [
      'no time',
      { ...legacyEvent, 'event-time': undefined },
      violation('Missing field', 'event-time', 'missing_field'),
    ],
    [
      'a bad time',
      { ...legacyEvent, 'event-time': '2020-01-01' },
      violation('Invalid field', 'event-time', 'invalid_field'),
    ],
    [
      'a bad id',
      { ...legacyEvent, 'event-id': 'x' },
      violation('Invalid field', 'event-id', 'invalid_field'),
    ],
    [
      'no data',
      { ...legacyEvent, data: undefined },
      violation('Missing field', 'data', 'missing_field'),
    ],
    [
      'data that is null',
      { ...legacyEvent, data: null },
      violation('Missing field', 'data', 'missing_field'),
    ],
    [
      'empty data',
      { ...legacyEvent, data: '' },
      violation('Missing field', 'data', 'missing_field'),
    ],
    [
      'a type that the bus refuses',
      { ...legacyEvent, 'event-type': 'order..created' },
      violation(incorrect, 'event-type', 'invalid_field'),
    ],
    [
      'a long type',
      { ...legacyEvent, 'event-type': 'a'.repeat(254) },
      violation(incorrect, 'event-type', 'invalid_field_length', {
        moreInfo: 'Field length must be at max: 253',
      }),
    ],
    [
      'a long version',
      { ...legacyEvent, 'event-type-version': 'v1234' },
      violation(incorrect, 'event-type-version', 'invalid_field_length', {
        moreInfo: 'Field length must be at max: 4',
      }),
    ],
  ])('answers 400 to %s', async (_case, body, error) => {
    const answer = await send(path, body);
    expect([answer.code, answer.body]).toEqual([400, error]);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(adapter.received).toEqual([]);
  });

  it.each(['v1', 'v2'])('answers 413 to more than 65,536 bytes on %s', async (api) => {
    const tooLarge = {
      status: 413,
      type: 'request_body_too_large',
      message: 'Request body too large',
      moreInfo: 'http: request body too large',
    };
    const answer = await send(`/commerce/${api}/events`, 'x'.repeat(65_537));
    expect([answer.code, answer.body]).toEqual([413, tooLarge]);
    const chunked = await request(`${adapter.url}/commerce/${api}/events`, {
      method: 'POST',
      body: ['x'.repeat(65_536), 'x'],
    });
    expect([chunked.statusCode, await chunked.body.json()]).toEqual([413, tooLarge]);
  });

  it('takes exactly 65,536 bytes', async () => {
    const empty = JSON.stringify({ ...legacyEvent, data: '.' });
    const data = '.'.repeat(65_536 - empty.length + 1);
    expect((await send(path, { ...legacyEvent, data })).code).toBe(200);
  });

  it('says "ignored" only while no Trigger of the bus can match', async () => {
    const body = { ...legacyEvent, 'event-type': 'order.shipped' };
    const ignored = {
      'event-id': id,
      status: 'ignored_channel_missing',
      reason: 'Event was ignored as there are no channels',
    };
    expect((await send(path, body)).body).toEqual(ignored);
    expect(adapter.received).toHaveLength(1);
    await addBusTrigger('other', { attributes: { type: 'order.created' } });
    await addBusTrigger('shipped', {
      attributes: { kymasubject: 'kyma.commerce.order.shipped.v1' },
    });
    await untilPassing(async () => {
      expect((await send(path, body)).body).toMatchObject({ status: 'published' });
    });
    await adapter.client.delete(triggerKind, 'kyma-system/shipped');
    await untilPassing(async () => expect((await send(path, body)).body).toEqual(ignored));
  });

  const internal = {
    status: 500,
    type: 'internal_server_error',
    message: 'Some unexpected internal error occurred, please contact support.',
  };
  const notConnected = { status: 502, message: 'no connection to NATS JetStream server' };
  it.each([
    [507, 507, { status: 507, message: 'insufficient resources on target stream' }, undefined],
    [503, 502, notConnected, '1'],
    [404, 504, { status: 504, message: 'cannot send to stream' }, undefined],
    [413, 413, { status: 413, type: 'request_body_too_large' }, undefined],
    [500, 500, internal, undefined],
    ['hang', 500, internal, undefined],
  ] as const)(
    'on the bus, turns %s of the Broker into %i',
    async (brokerAnswer, code, body, retryAfter) => {
      adapter.answerWith(brokerAnswer);
      const answer = await send(path, legacyEvent);
      expect([answer.code, answer.headers['retry-after']]).toEqual([code, retryAfter]);
      expect(answer.body).toMatchObject(body);
    },
  );

  const notReached = { status: 500, type: 'internal_server', message: 'internal_server' };
  it.each([
    [507, 507, { status: 507, message: 'insufficient resources on target stream' }],
    [503, 502, notConnected],
    [404, 500, notReached],
    [500, 500, { ...notReached, moreInfo: 'Broker "shop/default": the Broker answered 500' }],
    ['hang', 500, notReached],
  ] as const)('on the mesh, turns %s of the Broker into %i', async (brokerAnswer, code, body) => {
    adapter.answerWith(brokerAnswer);
    const answer = await send('/onmesh/v1/events', legacyEvent);
    expect(answer.code).toBe(code);
    expect(answer.body).toMatchObject(body);
  });
});

describe('POST /<app>/v2/events', () => {
  const pathV2 = '/commerce/v2/events';

  it('is converted and stored like version 1', async () => {
    const answer = await send(pathV2, {
      ...legacyEventV2,
      datacontentencoding: 'base64',
      data: 'aGk=',
    });
    expect([answer.code, answer.body]).toMatchObject([200, { 'event-id': id }]);
    expect(adapter.received[0]).toMatchObject({
      path: '/kyma-system/event-bus',
      headers: {
        'ce-specversion': '1.0',
        'ce-id': id,
        'ce-source': 'commerce',
        'ce-type': 'order.created',
        'ce-eventtypeversion': 'v1',
        'ce-datacontentencoding': 'base64',
        'idempotency-key': id,
      },
    });
    expect(String(adapter.received[0]?.body)).toBe('"aGk="');
  });

  it('follows the path of the legacy endpoint', async () => {
    const answer = await send('/onmesh/v2/events', legacyEventV2);
    expect([answer.code, answer.body]).toEqual([200, { 'event-id': id, status: '', reason: '' }]);
    expect(adapter.received[0]?.path).toBe('/shop/default');
  });

  it.each([
    ['no body', '', badPayload('Bad payload syntax')],
    ['no id', { ...legacyEventV2, id: '' }, violation('Missing field', 'id', 'missing_field')],
    [
      'no type',
      { ...legacyEventV2, type: '' },
      violation('Missing field', 'type', 'missing_field'),
    ],
    [
      'no version',
      { ...legacyEventV2, eventtypeversion: '' },
      violation('Missing field', 'eventtypeversion', 'missing_field'),
    ],
    [
      'a bad version',
      { ...legacyEventV2, eventtypeversion: '-' },
      violation('Invalid field', 'eventtypeversion', 'invalid_field'),
    ],
    [
      'no time',
      { ...legacyEventV2, time: '' },
      violation('Missing field', 'time', 'missing_field'),
    ],
    [
      'a bad time',
      { ...legacyEventV2, time: 'x' },
      violation('Invalid field', 'time', 'invalid_field'),
    ],
    ['a bad id', { ...legacyEventV2, id: 'x' }, violation('Invalid field', 'id', 'invalid_field')],
    [
      'another specversion',
      { ...legacyEventV2, specversion: '1.0' },
      violation('Invalid field', 'specversion', 'invalid_field'),
    ],
    [
      'no data',
      { ...legacyEventV2, data: null },
      violation('Missing field', 'data', 'missing_field'),
    ],
    [
      'a type that the bus refuses',
      { ...legacyEventV2, type: '-' },
      violation(incorrect, 'type', 'invalid_field'),
    ],
    [
      'a long version',
      { ...legacyEventV2, eventtypeversion: 'v1234' },
      violation(incorrect, 'event-type-version', 'invalid_field_length', {
        moreInfo: 'Field length must be at max: 4',
      }),
    ],
  ])('answers 400 to %s', async (_case, body, error) => {
    const answer = await send(pathV2, body);
    expect([answer.code, answer.body]).toEqual([400, error]);
    expect(adapter.received).toEqual([]);
  });
});
