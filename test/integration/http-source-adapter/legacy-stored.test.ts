import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { triggerKind } from '@jetmesh/eventing-api';
import { legacyEvent, untilPassing } from './adapter-fixture.ts';
import {
  addBusTrigger,
  legacyEventV2,
  startLegacyFixture,
  type LegacyFixture,
} from './legacy-support.ts';

const path = '/commerce/v1/events';
const { 'event-id': id } = legacyEvent;

let adapter: LegacyFixture;

beforeAll(async () => {
  adapter = await startLegacyFixture();
});
afterAll(() => adapter.stop());
beforeEach(() => {
  adapter.received.length = 0;
  adapter.answerWith(202);
});

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
    await addBusTrigger(adapter, 'golden', { source: 'commerce', type: 'order.created' });
    await untilPassing(async () => {
      adapter.received.length = 0;
      const answer = await adapter.send(path, legacyEvent);
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
    const answer = await adapter.send('/onmesh/v1/events', legacyEvent);
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
    const answer = await adapter.send(path, { ...legacyEvent, 'event-id': undefined });
    const made = (answer.body as { 'event-id': string })['event-id'];
    expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(adapter.received[0]?.headers).toMatchObject({ 'ce-id': made });
    expect(adapter.received[0]?.headers).not.toHaveProperty('idempotency-key');
  });

  it('keeps the bytes of the data', async () => {
    const data = '{ "big": 12345678901234567890.10, "text":"ü" }';
    const body = JSON.stringify({ ...legacyEvent, data: 0 }).replace('"data":0', `"data": ${data}`);
    expect((await adapter.send(path, body)).code).toBe(200);
    expect(String(adapter.received[0]?.body)).toBe(data);
  });

  it('forwards ce-* headers as extensions that the body wins over, and trace headers', async () => {
    await adapter.send(path, legacyEvent, {
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

  it.each([
    'x-request-id',
    'x-b3-traceid',
    'x-b3-spanid',
    'x-b3-parentspanid',
    'x-b3-sampled',
    'x-b3-flags',
  ])('forwards the trace header %s, and no other header of the request', async (name) => {
    await adapter.send(path, legacyEvent, { [name]: 'abc', authorization: 'secret' });
    expect(adapter.received[0]?.headers).toMatchObject({ [name]: 'abc' });
    expect(adapter.received[0]?.headers).not.toHaveProperty('authorization');
  });

  it('does not look at the content type', async () => {
    expect((await adapter.send(path, legacyEvent, { 'content-type': 'text/plain' })).code).toBe(
      200,
    );
  });

  it.each([
    {
      application: 'my-app_1',
      type: 'Account.Order.Created',
      version: 'v2',
      standard: 'kyma.my-app_1.Account.Order.Created.v2',
      exact: 'kyma.sap.kyma.custom.myapp1.AccountOrder.Created.v2',
    },
    {
      application: 'app',
      type: 'order',
      version: 'v1',
      standard: 'kyma.app.order.v1',
      exact: 'kyma.sap.kyma.custom.app.order.v1',
    },
  ])('names $application, $type, $version as $standard and $exact', async (vector) => {
    const { application, type, version, standard, exact } = vector;
    await adapter.addApplication(application);
    const body = { ...legacyEvent, 'event-type': type, 'event-type-version': version };
    expect((await adapter.send(`/${application}/v1/events`, body)).code).toBe(200);
    expect(adapter.received[0]?.headers).toMatchObject({
      'ce-type': type,
      'ce-eventtypeversion': version,
      'ce-source': application,
      'ce-kymasubject': standard,
      'ce-kymaexactsubject': exact,
    });
  });

  it('says "ignored" only while no Trigger of the bus can match', async () => {
    const body = { ...legacyEvent, 'event-type': 'order.shipped' };
    const ignored = {
      'event-id': id,
      status: 'ignored_channel_missing',
      reason: 'Event was ignored as there are no channels',
    };
    expect((await adapter.send(path, body)).body).toEqual(ignored);
    expect(adapter.received).toHaveLength(1);
    await addBusTrigger(adapter, 'other', { type: 'order.created' });
    await addBusTrigger(adapter, 'shipped', { kymasubject: 'kyma.commerce.order.shipped.v1' });
    await untilPassing(async () => {
      expect((await adapter.send(path, body)).body).toMatchObject({ status: 'published' });
    });
    await adapter.client.delete(triggerKind, 'kyma-system/shipped');
    await untilPassing(async () => expect((await adapter.send(path, body)).body).toEqual(ignored));
  });
});

describe('POST /<app>/v2/events', () => {
  const pathV2 = '/commerce/v2/events';

  it('is converted and stored like version 1', async () => {
    const answer = await adapter.send(pathV2, {
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
    const answer = await adapter.send('/onmesh/v2/events', legacyEventV2);
    expect([answer.code, answer.body]).toEqual([200, { 'event-id': id, status: '', reason: '' }]);
    expect(adapter.received[0]?.path).toBe('/shop/default');
  });
});
