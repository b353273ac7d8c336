import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetmeshAnnotations } from '@jetmesh/eventing-api';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { binaryHeaders, postEvent, postRaw } from '../support/post-event.ts';
import type { Answer } from '../support/recording-subscriber.ts';
import { ConformanceMesh, quick } from './conformance-mesh.ts';
import { metricOf } from './metric-of.ts';
import { rawAnswer } from './raw-answer.ts';

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

  it('DP-1 HTTP/1.1 MUST be followed: header names in any case, a body in chunks, a kept connection', async () => {
    const { url, subscriber } = await mesh.route();
    const event = (id: string) =>
      `CE-SpecVersion: 1.0\r\nCE-ID: ${id}\r\ncE-sOURCE: /raw\r\nCe-Type: raw\r\nTransfer-Encoding: chunked\r\n`;
    const body = '3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n';
    const answer = await rawAnswer(url, (path) =>
      ['one', 'two']
        .map((id) => `POST ${path} HTTP/1.1\r\nHost: mesh\r\n${event(id)}\r\n${body}`)
        .join(''),
    );
    expect(answer.match(/^HTTP\/1\.1 202 Accepted\r$/gm)).toHaveLength(2);
    await eventually(() => subscriber.received.length === 2);
    for (const { httpVersion, body } of subscriber.received) {
      expect([httpVersion, body.toString()]).toEqual(['1.1', 'abcdefg']);
    }
  });

  it('DP-1 The CloudEvents HTTP binding MUST be followed: a structured event arrives as it is, in binary mode', async () => {
    const { url, subscriber } = await mesh.route();
    const event = {
      ...structured,
      subject: 'caf\u00e9 100%',
      time: '2026-01-01T00:00:00Z',
      number: 7,
    };
    await postRaw(url, { 'content-type': 'application/cloudevents+json' }, JSON.stringify(event));
    await eventually(() => subscriber.received.length === 1);
    const { headers, body } = subscriber.received[0]!;
    expect(headers).toMatchObject({
      'ce-specversion': '1.0',
      'ce-id': 'structured-1',
      'ce-source': '/conformance',
      'ce-type': 'conformance',
      'ce-subject': Buffer.from('caf\u00e9 100%').toString('latin1'),
      'ce-time': '2026-01-01T00:00:00Z',
      'ce-number': '7',
      'content-type': 'application/json',
    });
    expect(body.toString()).toBe('{"a":1}');
  });

  it.todo('DP-1 Attributes MUST be percent-encoded in headers: here, as in SDKs, they are UTF-8');

  it('DP-2 Unknown negotiation (Upgrade) SHOULD be ignored', async () => {
    const { url, subscriber } = await mesh.route();
    const event = 'ce-specversion: 1.0\r\nce-id: u\r\nce-source: /u\r\nce-type: u\r\n';
    for (const protocol of ['h2c', 'websocket']) {
      const upgrade = `Connection: Upgrade, close\r\nUpgrade: ${protocol}\r\n`;
      const answer = await rawAnswer(
        url,
        (path) =>
          `POST ${path} HTTP/1.1\r\nHost: mesh\r\n${upgrade}${event}Content-Length: 2\r\n\r\n{}`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 202 /);
    }
    await eventually(() => subscriber.received.length === 2);
  });

  it('DP-3 LX-6 CloudEvents 1.0 MUST be supported in binary and structured mode', async () => {
    const { url, subscriber } = await mesh.route();
    expect(await postEvent(url, { 'ce-id': 'binary-1' })).toMatchObject({ code: 202 });
    const type = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
    expect(await postRaw(url, type, JSON.stringify(structured))).toMatchObject({ code: 202 });
    await eventually(() => subscriber.received.length === 2);
    expect(subscriber.received.map(({ id }) => id).sort()).toEqual(['binary-1', 'structured-1']);
  });

  it('DP-3 A sender MUST support both modes: structured where delivery.format asks for it', async () => {
    const { url, subscriber } = await mesh.route({ trigger: { delivery: { format: 'json' } } });
    await postEvent(url, { 'ce-id': 'binary-1', 'ce-ext': 'x' }, '{"a":1}');
    await eventually(() => subscriber.received.length === 1);
    const { headers, body } = subscriber.received[0]!;
    expect(headers['content-type']).toMatch(/^application\/cloudevents\+json/);
    expect(headers['ce-id']).toBeUndefined();
    expect(JSON.parse(body.toString())).toMatchObject({ id: 'binary-1', ext: 'x', data: { a: 1 } });
  });

  it('DP-4 DP-5 A sender MUST use POST; OPTIONS MAY be sent before: here it is not', async () => {
    const { url, subscriber } = await mesh.route();
    await postEvent(url);
    await eventually(() => subscriber.received.length === 1);
    expect(subscriber.received.map(({ method }) => method)).toEqual(['POST']);
  });

  it('DP-5 LX-7 A recipient that answers OPTIONS MUST list POST in Allow; other methods are 405', async () => {
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
  ])(
    'DP-6 LX-2 LX-9 The code MUST express acceptance: 400 for an event with %s, naming the field',
    async (_case, change) => {
      const { url } = await mesh.route();
      const answer = await postEvent(url, change);
      expect(answer.code).toBe(400);
      const field = Object.keys(change)[0]!.replace('ce-', '');
      expect((JSON.parse(answer.body) as { error: string }).error).toContain(field);
    },
  );

  it('DP-8 Recipients SHOULD NOT send the reserved codes, whatever is asked of them', async () => {
    const { url } = await mesh.route();
    const slash = { 'ce-id': 'slash' };
    const answers = [
      await postEvent(url),
      await postEvent(`${url}/`, slash),
      await postEvent(`${url}//`, slash),
      await postEvent(`${url}-missing`),
      await postEvent(new URL('/', url).href),
      await postEvent(url, { 'ce-type': undefined }),
      await postEvent(url, { 'content-type': 'application/cloudevents+xml' }),
      await postEvent(url, {}, Buffer.alloc(2 * 1024 * 1024)),
      await postRaw(url, {}, '', 'GET'),
      await postRaw(url, {}, '', 'OPTIONS'),
    ];
    expect(answers.map(({ code }) => code)).toEqual([
      202, 202, 400, 404, 404, 400, 415, 413, 405, 200,
    ]);
  });

  it('DP-9 Duplicates MUST be accepted: the same id from two sources, and twice from one', async () => {
    const { url, subscriber } = await mesh.route();
    for (const source of ['/a', '/b', '/b']) {
      const answer = await postEvent(url, { 'ce-id': 'same', 'ce-source': source });
      expect(answer.code).toBe(202);
    }
    await eventually(() => subscriber.received.length === 3);
  });

  it('DP-9 Who detects duplicates MUST use source and id: a Broker that is told to', async () => {
    const { url, subscriber } = await mesh.route({
      brokerAnnotations: { [jetmeshAnnotations.deduplication]: 'source-and-id' },
    });
    for (const source of ['/a', '/b', '/b']) {
      const answer = await postEvent(url, { 'ce-id': 'same', 'ce-source': source });
      expect(answer.code).toBe(202);
    }
    await eventually(() => subscriber.received.length === 2);
    await delay(200);
    expect(subscriber.received.map(({ headers }) => headers['ce-source']).sort()).toEqual([
      '/a',
      '/b',
    ]);
  });

  it('DP-10 Senders MAY change attributes per attempt: here all attempts are equal', async () => {
    const { url, subscriber } = await mesh.route({ trigger: { delivery: { retry: 2, ...quick } } });
    subscriber.answerWith((_request, index) => (index < 2 ? 503 : 200));
    const trace = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
    await postEvent(url, { ...trace, 'ce-ext': 'x' });
    await eventually(() => subscriber.received.length === 3);
    const [first, ...others] = subscriber.received;
    expect(first?.headers).toMatchObject(trace);
    for (const { headers, body } of others) {
      expect({ headers, body }).toEqual({ headers: first?.headers, body: first?.body });
    }
  });

  it('DP-11 Brokers MUST implement congestion control: no more than 32 requests are open to one subscriber', async () => {
    const { url, subscriber } = await mesh.route();
    subscriber.answerWith('hang');
    await Promise.all(
      Array.from({ length: 80 }, (_, index) => postEvent(url, { 'ce-id': `${index}` })),
    );
    await eventually(() => subscriber.received.length >= 8);
    await delay(500);
    expect(subscriber.received.length).toBeLessThanOrEqual(32);
  });

  it('DP-12 LX-17 Telemetry SHOULD be exposed, by default: events, attempts and their outcomes are counted', async () => {
    const { url, broker, trigger, subscriber } = await mesh.route({
      trigger: { delivery: { retry: 2, ...quick } },
    });
    subscriber.answerWith((_request, index) => (index < 2 ? 503 : 200));
    await postEvent(url);
    await postEvent(url, { 'ce-type': undefined });
    await eventually(() => subscriber.received.length === 3);
    const answered = (code: string) =>
      metricOf(mesh.mesh, 'ingress', 'eventing_ingress_events_total', { broker, code });
    expect(await answered('202')).toBe(1);
    expect(await answered('400')).toBe(1);
    const labels = { namespace: 'data-plane', trigger: trigger.metadata.name };
    const attempts = () =>
      metricOf(mesh.mesh, 'dispatcher', 'eventing_delivery_attempts_total', labels);
    await eventually(async () => (await attempts()) === 3);
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

  it('DP-15 DP-16 The event of a 200 is a reply; the body of a 202 MUST NOT be processed as one', async () => {
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

  it('DP-17 An event in a 200 that was not asked for SHOULD be treated as accepted, and goes nowhere', async () => {
    const sink = await mesh.subscriber();
    const { url, broker, subscriber } = await mesh.route({
      trigger: {
        filter: { attributes: { type: 'question' } },
        delivery: { deadLetterSink: { uri: sink.url } },
      },
    });
    const answers = await mesh.subscriber();
    await mesh.readyTrigger({
      broker,
      filter: { attributes: { type: 'answer' } },
      subscriber: { uri: answers.url },
    });
    subscriber.answerWith(400);
    sink.answerWith({ code: 200, headers: binaryHeaders({ 'ce-type': 'answer' }), body: '{}' });
    await postEvent(url, { 'ce-type': 'question' });
    await eventually(() => sink.received.length === 1);
    await delay(800);
    expect(sink.received.map(({ headers }) => headers.prefer)).toEqual([undefined]);
    expect(answers.received).toEqual([]);
  });
});
