import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { binaryHeaders, postEvent, postRaw } from '../support/post-event.ts';
import type { Answer } from '../support/recording-subscriber.ts';
import { ConformanceMesh } from './conformance-mesh.ts';

const structured = {
  specversion: '1.0',
  id: 'structured-1',
  source: '/conformance',
  type: 'conformance',
  datacontenttype: 'application/json',
  data: { a: 1 },
};

/** Numbers are those of the statements of the Knative specification (data plane) as we keep them. */
describe('Knative data plane', () => {
  let mesh: ConformanceMesh;

  beforeAll(async () => {
    mesh = await ConformanceMesh.start('data-plane');
  }, 90_000);
  afterAll(() => mesh.stop(), 60_000);

  it('DP-2 Unknown negotiation (Upgrade) SHOULD be ignored', async () => {
    const { url } = await mesh.route();
    const answer = await postEvent(url, { 'accept-encoding': 'br', expect: undefined });
    expect(answer.code).toBe(202);
  });

  it('DP-3 LX-6 CloudEvents 1.0 MUST be supported in binary and structured mode', async () => {
    const { url, subscriber } = await mesh.route();
    expect(await postEvent(url, { 'ce-id': 'binary-1' })).toMatchObject({ code: 202 });
    const type = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
    expect(await postRaw(url, type, JSON.stringify(structured))).toMatchObject({ code: 202 });
    await eventually(() => subscriber.received.length === 2);
    expect(subscriber.received.map(({ id }) => id).sort()).toEqual(['binary-1', 'structured-1']);
  });

  it('DP-4 LX-7 Anything but POST MUST be 405; DP-5 OPTIONS lists POST in Allow', async () => {
    const { url } = await mesh.route();
    for (const method of ['GET', 'PUT', 'DELETE', 'HEAD'] as const) {
      const answer = await postRaw(url, {}, '', method);
      expect(answer).toMatchObject({ code: 405, headers: { allow: 'POST, OPTIONS' } });
    }
    const options = await postRaw(url, {}, '', 'OPTIONS');
    expect(options).toMatchObject({ code: 200, headers: { allow: 'POST, OPTIONS' } });
  });

  it.each([
    ['no specversion', { 'ce-specversion': undefined }],
    ['no id', { 'ce-id': undefined }],
    ['no source', { 'ce-source': undefined }],
    ['no type', { 'ce-type': undefined }],
    ['a blank id', { 'ce-id': ' ' }],
    ['an unknown version', { 'ce-specversion': '19.0' }],
  ])('DP-6 LX-2 LX-9 An event with %s MUST be 400, naming the field', async (_case, change) => {
    const { url } = await mesh.route();
    const answer = await postEvent(url, change);
    expect(answer.code).toBe(400);
    const field = Object.keys(change)[0]!.replace('ce-', '');
    expect((JSON.parse(answer.body) as { error: string }).error).toContain(field);
  });

  describe('DP-7 the code table', () => {
    it.each([500, 503, 404, 408, 409, 429])('retries after %i', async (code) => {
      const { url, subscriber } = await mesh.route({
        trigger: { delivery: { retry: 2, backoffPolicy: 'linear', backoffDelay: 'PT0.05S' } },
      });
      subscriber.answerWith((_request, index) => (index < 2 ? code : 200));
      await postEvent(url);
      await eventually(() => subscriber.received.length === 3);
      await delay(200);
      expect(subscriber.received).toHaveLength(3);
    });

    it.each([400, 401, 403, 413, 422, 301, 304])(
      'does not retry after %i, and sends the event to the dead letter sink',
      async (code) => {
        const sink = await mesh.subscriber();
        const { url, subscriber } = await mesh.route({
          trigger: { delivery: { retry: 3, deadLetterSink: { uri: sink.url } } },
        });
        subscriber.answerWith({ code, headers: { location: sink.url } });
        await postEvent(url);
        await eventually(() => sink.received.length === 1);
        expect(subscriber.received).toHaveLength(1);
        expect(sink.received[0]?.headers).toMatchObject({ 'ce-knativeerrorcode': String(code) });
      },
    );

    it.each([200, 202, 201, 204])('is done after %i', async (code) => {
      const { url, subscriber } = await mesh.route();
      subscriber.answerWith(code);
      await postEvent(url);
      await eventually(() => subscriber.received.length === 1);
      await delay(300);
      expect(subscriber.received).toHaveLength(1);
    });
  });

  it('DP-9 Duplicates MUST be accepted: the same id from two sources, and twice from one', async () => {
    const { url, subscriber } = await mesh.route();
    for (const source of ['/a', '/b', '/b']) {
      const answer = await postEvent(url, { 'ce-id': 'same', 'ce-source': source });
      expect(answer.code).toBe(202);
    }
    await eventually(() => subscriber.received.length === 3);
  });

  it('DP-13 DP-14 Prefer: reply MUST be sent to the subscriber, with Kn-Namespace', async () => {
    const { url, subscriber } = await mesh.route();
    await postEvent(url);
    await eventually(() => subscriber.received.length === 1);
    expect(subscriber.received[0]?.headers).toMatchObject({
      prefer: 'reply',
      'kn-namespace': 'data-plane',
    });
  });

  it('DP-16 A body of a 202 MUST NOT be processed as a reply; DP-15 that of a 200 is one', async () => {
    const { url, broker, subscriber } = await mesh.route({
      trigger: { filter: { attributes: { type: 'question' } } },
    });
    const replies = await mesh.subscriber();
    await mesh.readyTrigger({
      broker,
      filter: { attributes: { type: 'answer' } },
      subscriber: { uri: replies.url },
    });
    const reply = (code: number, id: string): Answer => ({
      code,
      headers: binaryHeaders({ 'ce-type': 'answer', 'ce-id': id }),
      body: '{}',
    });
    subscriber.answerWith((_request, index) =>
      index === 0 ? reply(202, 'no') : reply(200, 'yes'),
    );
    await postEvent(url, { 'ce-type': 'question', 'ce-id': 'first' });
    await eventually(() => subscriber.received.length === 1);
    await postEvent(url, { 'ce-type': 'question', 'ce-id': 'second' });
    await eventually(() => replies.received.length === 1);
    await delay(200);
    expect(replies.received.map(({ id }) => id)).toEqual(['yes']);
  });

  it('LX-1 LX-3 CloudEvents 0.3 MUST be accepted and SHOULD arrive as 0.3', async () => {
    const { url, subscriber } = await mesh.route();
    expect(await postEvent(url, { 'ce-specversion': '0.3' })).toMatchObject({ code: 202 });
    await eventually(() => subscriber.received.length === 1);
    expect(subscriber.received[0]?.headers['ce-specversion']).toBe('0.3');
  });

  it.each([
    'application/vnd.apache.thrift.binary',
    'application/xml',
    'application/json',
    undefined,
  ])(
    'LX-4 LX-5 Binary mode with content type %s MUST be 2xx, the body never parsed',
    async (contentType) => {
      const { url, subscriber } = await mesh.route();
      const body = Buffer.concat([Buffer.from('not json {'), randomBytes(64)]);
      const answer = await postEvent(url, { 'content-type': contentType }, body);
      expect(answer.code).toBe(202);
      await eventually(() => subscriber.received.length === 1);
      expect(subscriber.received[0]?.body.equals(body)).toBe(true);
    },
  );

  it('LX-11 Attributes and data SHOULD arrive identical', async () => {
    const { url, subscriber } = await mesh.route();
    const sent = {
      'ce-id': 'x y "z"',
      'ce-subject': 'caf\u00c3\u00a9 100%25',
      'ce-time': '2026-01-01T00:00:00.123456789Z',
      'ce-dataschema': 'http://example.com/schema',
      'ce-someextension': 'value',
      'content-type': 'text/plain; charset=utf-8',
    };
    await postEvent(url, sent, 'data');
    await eventually(() => subscriber.received.length === 1);
    expect(subscriber.received[0]?.headers).toMatchObject(sent);
  });

  it('LX-17 Trace headers SHOULD be preserved to the subscriber', async () => {
    const { url, subscriber } = await mesh.route();
    const carried = {
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      tracestate: 'vendor=value',
      'x-b3-traceid': '0af7651916cd43dd8448eb211c80319c',
      'x-request-id': 'r-1',
      'knative-anything': 'kept',
    };
    await postEvent(url, { ...carried, authorization: 'Bearer secret' });
    await eventually(() => subscriber.received.length === 1);
    expect(subscriber.received[0]?.headers).toMatchObject(carried);
    expect(subscriber.received[0]?.headers.authorization).toBeUndefined();
  });
});
