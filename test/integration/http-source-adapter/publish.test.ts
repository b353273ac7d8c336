import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { brokerKind, httpSourceKind } from '@jetmesh/eventing-api';
import {
  busPath,
  cloudEventHeaders,
  startCommerceFixture,
  untilPassing,
  type AdapterFixture,
} from './adapter-fixture.ts';

const notConnected = 'no connection to NATS JetStream server';

let adapter: AdapterFixture;

beforeAll(async () => {
  adapter = await startCommerceFixture({ MAX_EVENT_BYTES: '2000' });
});
afterAll(() => adapter.stop());
beforeEach(() => {
  adapter.received.length = 0;
  adapter.answerWith(202);
});

async function publish(change: Record<string, string> = {}, body = '{}') {
  const answer = await adapter.post('/publish', { ...cloudEventHeaders, ...change }, body);
  return { ...answer, json: answer.body === '' ? undefined : (JSON.parse(answer.body) as unknown) };
}

describe('POST /publish', () => {
  it('answers 204 without a body and stores the event on the bus as it came', async () => {
    const answer = await publish({ 'ce-source': '/default/kyma', 'ce-type': 'order . created.v1' });
    expect([answer.code, answer.body]).toEqual([204, '']);
    expect(adapter.received).toMatchObject([
      {
        path: busPath,
        headers: {
          'ce-source': '/default/kyma',
          'ce-type': 'order . created.v1',
          'idempotency-key': 'id-1',
        },
      },
    ]);
    expect(adapter.received[0]?.headers).not.toHaveProperty('ce-originaltype');
    expect(adapter.received[0]?.headers).not.toHaveProperty('ce-time');
  });

  it('takes CloudEvents 0.3, as the proxy’s SDK did', async () => {
    expect((await publish({ 'ce-specversion': '0.3' })).code).toBe(204);
    expect(adapter.received).toHaveLength(1);
  });

  it('takes structured mode', async () => {
    const event = {
      specversion: '1.0',
      id: 'id-1',
      source: 'sender',
      type: 'order.created',
      data: 7,
    };
    const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
    expect((await adapter.post('/publish', headers, JSON.stringify(event))).code).toBe(204);
    expect(adapter.received[0]?.headers).toMatchObject({ 'ce-type': 'order.created' });
  });

  it.each([
    ['myapp', 'order.created.v1', 'kyma.myapp.order.created.v1'],
    ['my.app-1', 'Order.Created.v1', 'kyma.myapp-1.Order.Created.v1'],
    ['/default/kyma', 'order . created.v1', 'kyma.defaultkyma.order.created.v1'],
    ['a*b', 'x.y\\z/w>', 'kyma.ab.x.yzw'],
    ['source1', 'o-rder.creat ed.v1', 'kyma.source1.o-rder.created.v1'],
  ])('names an event of %s, %s for standard subscribers', async (source, type, subject) => {
    expect((await publish({ 'ce-source': source, 'ce-type': type })).code).toBe(204);
    expect(adapter.received[0]?.headers).toMatchObject({ 'ce-kymasubject': subject });
    expect(adapter.received[0]?.headers).not.toHaveProperty('ce-kymaexactsubject');
  });

  it('takes the type label of the Application for the name and leaves the source', async () => {
    await adapter.create(httpSourceKind, {
      apiVersion: 'sources.kyma-project.io/v1alpha1',
      kind: 'HTTPSource',
      metadata: {
        namespace: 'kyma-integration',
        name: 'labelled',
        labels: { 'application-type': 't..est-apptype' },
      },
      spec: { source: 'labelled' },
    } as never);
    await adapter.untilRouted('labelled');
    await publish({ 'ce-source': 'labelled', 'ce-type': 'order.created.v1' });
    expect(adapter.received[0]?.headers).toMatchObject({
      'ce-source': 'labelled',
      'ce-kymasubject': 'kyma.test-apptype.order.created.v1',
    });
    adapter.received.length = 0;
    await publish({ 'ce-type': 'sap.kyma.custom.labelled.order.created.v1' });
    expect(adapter.received[0]?.headers).toMatchObject({
      'ce-kymaexactsubject': 'kyma.sap.kyma.custom.testapptype.order.created.v1',
    });
  });

  it('names an event with the prefix for exact subscribers', async () => {
    const type =
      'sap.kyma.custom.te--s__t!!a@@p##p%%.Segment1.Segment2.Segment3.Segment4-Part1-Part2.Segment5-Part1-Part2.v1';
    expect((await publish({ 'ce-type': type })).code).toBe(204);
    expect(adapter.received[0]?.headers).toMatchObject({
      'ce-kymaexactsubject':
        'kyma.sap.kyma.custom.testapp.Segment1Segment2Segment3Segment4Part1Part2.Segment5Part1Part2.v1',
    });
    expect(adapter.received[0]?.headers).not.toHaveProperty('ce-kymasubject');
  });

  const emptySegment = 'event type cannot have empty segments after cleaning:';
  it.each([
    [{ 'ce-type': 'order..created' }, `${emptySegment} kyma.sender.order..created`],
    [{ 'ce-type': 'order.' }, `${emptySegment} kyma.sender.order.`],
    [{ 'ce-source': '/.*' }, `${emptySegment} kyma..order.created`],
    [
      { 'ce-type': 'sap.kyma.custom.order.created.v1' },
      'failed to parse event-type=sap.kyma.custom.order.created.v1 with prefix=sap.kyma.custom: invalid format',
    ],
    [{ 'ce-specversion': '2.0' }, 'unknown Message encoding'],
    [{ 'ce-specversion': '' }, 'unknown Message encoding'],
    [{ 'ce-type': '' }, 'type: MUST be a non-empty string'],
    [{ 'ce-id': '', 'ce-source': '' }, 'id: MUST be a non-empty string\nsource: REQUIRED'],
    [{ 'ce-source': 'a*b>c' }, 'source: must be a URI-reference (RFC 3986)'],
    [{ 'ce-time': 'foo' }, 'cannot convert "foo" to time.Time: not in RFC3339 format'],
  ])('answers 400 to %j', async (change, message) => {
    const answer = await publish(change);
    expect([answer.code, answer.json]).toEqual([400, { status: 400, message }]);
    expect(adapter.received).toEqual([]);
  });

  it.each([
    ['plain JSON', { 'content-type': 'application/json' }, '{}'],
    ['a batch', { 'content-type': 'application/cloudevents-batch+json' }, '[]'],
    [
      'a batch with an event',
      { 'content-type': 'application/cloudevents-batch+json' },
      '[{"specversion":"1.0","id":"1","source":"s","type":"a.b"}]',
    ],
  ])('answers 400 to %s', async (_case, headers, body) => {
    const answer = await adapter.post('/publish', headers, body);
    const message = 'unknown Message encoding';
    expect([answer.code, JSON.parse(answer.body)]).toEqual([400, { status: 400, message }]);
  });

  it('answers 413 to a body that is too long', async () => {
    const answer = await publish({}, 'x'.repeat(2001));
    const message = 'http: request body too large';
    expect([answer.code, answer.json]).toEqual([413, { status: 413, message }]);
  });

  it.each([
    [503, 502, notConnected, '1'],
    [404, 504, 'cannot send to stream', undefined],
    [507, 507, 'insufficient resources on target stream', undefined],
    [413, 413, 'http: request body too large', undefined],
    [500, 500, 'internal error on backend', undefined],
    ['hang', 500, 'internal error on backend', undefined],
  ] as const)('turns %s of the Broker into %i', async (brokerAnswer, code, message, retryAfter) => {
    adapter.answerWith(brokerAnswer);
    const answer = await publish();
    expect([answer.code, answer.headers['retry-after']]).toEqual([code, retryAfter]);
    expect(answer.json).toEqual({ status: code, message });
  });

  it('answers 405 to another method', async () => {
    expect((await adapter.get('/publish')).code).toBe(405);
  });

  it("follows the Application's path for an event whose source is an Application", async () => {
    await adapter.addApplication('switched', { endpoints: { publish: 'mesh' } });
    await adapter.bind('switched', 'shop');
    await untilPassing(async () => {
      adapter.received.length = 0;
      await publish({ 'ce-source': 'switched' });
      expect(adapter.received).toMatchObject([{ path: '/shop/default' }]);
    });
  });

  it('answers 502 when nothing listens at the address, and 504 when there is no bus', async () => {
    const url = 'http://127.0.0.1:1/';
    const status = { address: { url } };
    const key = 'kyma-system/event-bus';
    await adapter.client.mergePatch(brokerKind, key, { status }, { subresource: 'status' });
    await untilPassing(async () => {
      expect((await publish()).json).toEqual({ status: 502, message: notConnected });
    });
    await adapter.client.delete(brokerKind, key);
    await untilPassing(async () => {
      expect((await publish()).json).toEqual({ status: 504, message: 'cannot send to stream' });
    });
  });
});
