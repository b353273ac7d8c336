import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../support/free-port.ts';
import { eventually } from '../../support/eventually.ts';
import { binaryHeaders, postEvent } from '../../support/post-event.ts';
import type { StoredMessage } from '@jetmesh/jetstream';
import type { Answer } from '../../support/recording-subscriber.ts';
import { BrokerMesh } from './broker-mesh.ts';

const fast = { backoffPolicy: 'linear', backoffDelay: 'PT0.02S' } as const;
const loopedReply = { code: 200, headers: binaryHeaders({ 'ce-type': 'reply' }), body: '{}' };

interface Case {
  readonly name: string;
  readonly answer: Answer;
  /** Attempts of a delivery with two retries. */
  readonly attempts: number;
  readonly code: string;
  readonly data?: string;
  /** The reply is what fails, at the Broker's own address. */
  readonly failsAtBroker?: boolean;
  readonly sent?: Record<string, string>;
}

const cases: readonly Case[] = [
  { name: '301', answer: { code: 301, headers: { location: '/' } }, attempts: 1, code: '301' },
  { name: '400', answer: { code: 400, body: 'bad' }, attempts: 1, code: '400', data: 'bad' },
  { name: '404', answer: 404, attempts: 3, code: '404' },
  { name: '409', answer: 409, attempts: 3, code: '409' },
  { name: '422', answer: { code: 422, body: 'no' }, attempts: 1, code: '422', data: 'no' },
  { name: '429', answer: 429, attempts: 3, code: '429' },
  { name: '500', answer: { code: 500, body: 'oh' }, attempts: 3, code: '500', data: 'oh' },
  { name: '503', answer: 503, attempts: 3, code: '503' },
  {
    name: 'a reply that is no whole event',
    answer: { code: 200, headers: { 'ce-type': 'half' }, body: '{}' },
    attempts: 3,
    code: '502',
  },
  {
    name: 'a reply that has no hops left',
    answer: loopedReply,
    attempts: 1,
    code: '400',
    failsAtBroker: true,
    sent: { 'ce-knativebrokerttl': '2' },
  },
];

describe('an event that its subscriber does not take', () => {
  let mesh: BrokerMesh;
  let resets: Server;
  let refusedUri: string;
  let resetUri: string;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress();
    await mesh.startDispatcher();
    refusedUri = `http://127.0.0.1:${await freePort()}/`;
    resets = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    resets.listen(0, '127.0.0.1');
    await once(resets, 'listening');
    const { port } = resets.address() as { port: number };
    resetUri = `http://127.0.0.1:${port}/`;
  }, 30_000);
  afterAll(async () => {
    resets.close();
    await mesh.stop();
  });

  it.each(cases)('goes to the dead letter sink after $name', async (given) => {
    const sink = await mesh.subscriber();
    const delivery = { retry: 2, ...fast };
    const { url, subscriber } = await mesh.route({ delivery, deadLetterSinkUri: sink.url });
    subscriber.answerWith(given.answer);
    await postEvent(url, { 'ce-ext': 'kept', ...given.sent }, '{"order":1}');
    await eventually(() => sink.received.length === 1);
    expect(subscriber.received).toHaveLength(given.attempts);
    const [dead] = sink.received;
    expect(dead?.headers).toMatchObject({
      'ce-ext': 'kept',
      'ce-knativeerrordest': given.failsAtBroker === true ? url : subscriber.url,
      'ce-knativeerrorcode': given.code,
      'kn-namespace': 'shop',
    });
    expect(dead?.headers).not.toHaveProperty('prefer');
    expect(dead?.headers).not.toHaveProperty('ce-knativebrokerttl');
    expect(dead?.body.toString()).toBe('{"order":1}');
    if (given.data !== undefined) {
      const data = dead?.headers['ce-knativeerrordata'] ?? '';
      expect(Buffer.from(data, 'base64').toString()).toBe(given.data);
    }
  });

  it.each(cases)('is parked after $name when there is no sink', async (given) => {
    const { url, broker, trigger, subscriber } = await mesh.route({
      delivery: { retry: 2, ...fast },
    });
    subscriber.answerWith(given.answer);
    await postEvent(url, { 'ce-id': 'parked', ...given.sent }, '{"order":1}');
    const parked = await eventually(async () => (await mesh.controller.parked(broker))[0]);
    const headers = Object.fromEntries(pairs(parked?.headers ?? []));
    expect(headers).toMatchObject({
      'ce-id': 'parked',
      'Jetmesh-Trigger': `shop/${trigger.metadata.name}`,
      'Jetmesh-Reason': given.attempts === 1 ? 'rejected' : 'retries-exhausted',
      'Jetmesh-Attempts': String(given.attempts),
      'Jetmesh-Stream-Sequence': '1',
      'Jetmesh-Error-Code': given.code,
    });
    expect(parked?.data.toString()).toBe('{"order":1}');
    expect(subscriber.received).toHaveLength(given.attempts);
    await eventually(() => mesh.controller.isSettled(broker));
  });

  it.each([
    ['refuses connections', () => refusedUri],
    ['resets connections', () => resetUri],
    ['has no address', () => 'http://nowhere.invalid/'],
  ])('goes to the sink as 500 when the subscriber %s', async (_case, uri) => {
    const sink = await mesh.subscriber();
    const { url } = await mesh.route({
      subscriberUri: uri(),
      deadLetterSinkUri: sink.url,
      delivery: { retry: 1, ...fast },
    });
    await postEvent(url);
    await eventually(() => sink.received.length === 1);
    const { headers } = sink.received[0]!;
    expect(headers).toMatchObject({
      'ce-knativeerrorcode': '500',
      'ce-knativeerrordest': uri(),
    });
    const data = Buffer.from(headers['ce-knativeerrordata'] ?? '', 'base64').toString();
    expect(data).toMatch(/^dispatch error: /);
  });

  it('goes to the sink when the reply cannot be stored', async () => {
    const sink = await mesh.subscriber();
    const subscriber = await mesh.subscriber();
    const broker = await mesh.broker({ stream: { maxBytes: 6_000 } });
    await mesh.trigger(broker, {
      subscriberUri: subscriber.url,
      deadLetterSinkUri: sink.url,
      delivery: { retry: 1, ...fast },
    });
    subscriber.answerWith({ ...loopedReply, body: 'x'.repeat(7_000) });
    await postEvent(mesh.addressOf(broker));
    await eventually(() => sink.received.length === 1);
    expect(subscriber.received).toHaveLength(2);
    expect(sink.received[0]?.headers).toMatchObject({
      'ce-knativeerrorcode': '507',
      'ce-knativeerrordest': mesh.addressOf(broker),
    });
  });

  it('is offered to a failing sink again and again, but not to its subscriber', async () => {
    const sink = await mesh.subscriber();
    const { url, subscriber, broker } = await mesh.route({
      delivery: { retry: 1, ...fast },
      deadLetterSinkUri: sink.url,
    });
    subscriber.answerWith(500);
    sink.answerWith((_request, index) => ([503, 400, 200] as const)[index] ?? 200);
    await postEvent(url);
    await eventually(() => sink.received.length === 3);
    expect(subscriber.received).toHaveLength(2);
    await eventually(() => mesh.controller.isSettled(broker));
    expect(await mesh.controller.parked(broker)).toHaveLength(0);
  });

  it('is parked when its sink stays down for longer than the Trigger says', async () => {
    const sink = await mesh.subscriber();
    sink.answerWith(503);
    const { url, subscriber, broker } = await mesh.route({
      delivery: { retry: 0, ...fast },
      deadLetterSinkUri: sink.url,
      annotations: { 'jetmesh.dev/dead-letter-timeout': 'PT1S' },
    });
    subscriber.answerWith(422);
    const sentAtMs = Date.now();
    await postEvent(url);
    const [parked] = await eventually<StoredMessage[]>(async () => {
      const found = await mesh.controller.parked(broker);
      if (found.length === 0) throw new Error('Nothing is parked yet');
      return found;
    });
    expect(Date.now() - sentAtMs).toBeGreaterThanOrEqual(950);
    expect(Object.fromEntries(pairs(parked?.headers ?? []))).toMatchObject({
      'Jetmesh-Reason': 'dead-letter-sink-unavailable',
      'Jetmesh-Error-Code': '422',
      'Jetmesh-Error-Destination': subscriber.url,
    });
    expect(subscriber.received).toHaveLength(1);
    // At once, after 0.5 s, and when the time is up.
    expect(sink.received).toHaveLength(3);
  });

  it('is parked although the address that failed is in another script', async () => {
    const subscriber = await mesh.subscriber();
    const subscriberUri = `${subscriber.url}/\u4ef6/ü`;
    const { url, broker } = await mesh.route({ subscriberUri, delivery: { retry: 0 } });
    subscriber.answerWith(400);
    await postEvent(url);
    const [parked] = await eventually<StoredMessage[]>(async () => {
      const found = await mesh.controller.parked(broker);
      if (found.length === 0) throw new Error('Nothing is parked yet');
      return found;
    });
    const value = Object.fromEntries(pairs(parked?.headers ?? []))['Jetmesh-Error-Destination'];
    expect(Buffer.from(value ?? '', 'latin1').toString()).toBe(subscriberUri);
  });

  it('stays in the stream while it cannot be parked, and is parked once it can', async () => {
    const { url, broker, subscriber } = await mesh.route({ delivery: { retry: 0 } });
    const stream = await mesh.controller.removeDeadLetterStream(broker);
    subscriber.answerWith(400);
    await postEvent(url);
    await eventually(() => subscriber.received.length === 1);
    await delay(700);
    expect(await mesh.controller.isSettled(broker)).toBe(false);
    await stream.restore();
    await eventually(async () => (await mesh.controller.parked(broker)).length === 1);
    await eventually(() => mesh.controller.isSettled(broker));
    expect(subscriber.received).toHaveLength(1);
  });

  it('goes to the sink as one JSON document when the format says so', async () => {
    const sink = await mesh.subscriber();
    const { url, subscriber } = await mesh.route({
      delivery: { retry: 0, format: 'json' },
      deadLetterSinkUri: sink.url,
    });
    subscriber.answerWith(400);
    await postEvent(url, {}, '{"order":1}');
    await eventually(() => sink.received.length === 1);
    expect(JSON.parse(sink.received[0]?.body.toString() ?? '')).toMatchObject({
      data: { order: 1 },
      knativeerrordest: subscriber.url,
    });
  });
});

function pairs(headers: readonly string[]): [string, string][] {
  return headers.flatMap((name, index) =>
    index % 2 === 0 ? [[name, headers[index + 1] ?? ''] as [string, string]] : [],
  );
}
