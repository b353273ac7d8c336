import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { binaryHeaders, postEvent } from '../support/post-event.ts';
import { ConformanceMesh } from './conformance-mesh.ts';

/** Numbers are those of the statements of the Knative specification (routing and delivery) as we keep them. */
describe('Knative event routing and delivery', () => {
  let mesh: ConformanceMesh;

  beforeAll(async () => {
    mesh = await ConformanceMesh.start('delivery');
  }, 90_000);
  afterAll(() => mesh.stop(), 60_000);

  it('RO-2 Before acknowledging, the Broker MUST durably enqueue the event', async () => {
    const { url, subscriber } = await mesh.route();
    subscriber.answerWith(503);
    const { code } = await postEvent(url, { 'ce-id': 'durable' });
    expect(code).toBe(202);
    await eventually(() => subscriber.received.length > 0);
    await mesh.mesh.killAndAwaitRestart('nats-server');
    subscriber.answerWith(200);
    const before = subscriber.received.length;
    await eventually(() => subscriber.received.length > before, { timeoutMs: 60_000 });
  }, 90_000);

  it('RO-3 RO-4 Each matching Trigger gets one delivery, also when two have one subscriber', async () => {
    const { url, broker, subscriber } = await mesh.route();
    await mesh.readyTrigger({ broker, subscriber: { uri: subscriber.url } });
    await postEvent(url);
    await eventually(() => subscriber.received.length === 2);
    await delay(300);
    expect(subscriber.received).toHaveLength(2);
  });

  it('RO-6 Replies MUST be routed as events of their own, also to the Trigger that produced them', async () => {
    const { url, subscriber } = await mesh.route();
    subscriber.answerWith((request) =>
      request.headers['ce-type'] === 'ping'
        ? {
            code: 200,
            headers: binaryHeaders({ 'ce-type': 'pong', 'ce-id': request.id }),
            body: '{}',
          }
        : 200,
    );
    await postEvent(url, { 'ce-type': 'ping', 'ce-id': 'same-id' });
    await eventually(() => subscriber.received.length === 2);
    expect(subscriber.received.map(({ headers }) => headers['ce-type'])).toEqual(['ping', 'pong']);
    expect(subscriber.received[1]?.id).toBe('same-id');
  });

  it('RO-8 A loop of replies ends', async () => {
    const { url, subscriber } = await mesh.route();
    subscriber.answerWith({ code: 200, headers: binaryHeaders({ 'ce-type': 'echo' }), body: '{}' });
    await postEvent(url, { 'ce-type': 'echo' });
    const settled = async () => {
      const before = subscriber.received.length;
      await delay(500);
      return subscriber.received.length === before;
    };
    await eventually(settled, { timeoutMs: 60_000 });
    expect(subscriber.received.length).toBeLessThanOrEqual(256);
  }, 90_000);

  it('DE-1 The delivery of a Trigger that sets any option replaces the Broker’s as a whole', async () => {
    const sink = await mesh.subscriber();
    const { url, subscriber } = await mesh.route({
      broker: { delivery: { retry: 5, backoffPolicy: 'linear', backoffDelay: 'PT0.05S' } },
      trigger: { delivery: { deadLetterSink: { uri: sink.url } } },
    });
    subscriber.answerWith(500);
    await postEvent(url);
    await eventually(() => sink.received.length === 1);
    expect(subscriber.received).toHaveLength(1);
  });

  it('DE-1 A Trigger without delivery uses the Broker’s, its dead letter sink included', async () => {
    const sink = await mesh.subscriber();
    const { url, subscriber } = await mesh.route({
      broker: { delivery: { retry: 0, deadLetterSink: { uri: sink.url } } },
    });
    subscriber.answerWith(500);
    await postEvent(url);
    await eventually(() => sink.received.length === 1);
    expect(subscriber.received).toHaveLength(1);
  });

  it.each([0, 1, 3])(
    'DE-3 retry %i makes that many retries after the first attempt',
    async (retry) => {
      const sink = await mesh.subscriber();
      const { url, subscriber } = await mesh.route({
        trigger: {
          delivery: {
            retry,
            backoffPolicy: 'linear',
            backoffDelay: 'PT0.05S',
            deadLetterSink: { uri: sink.url },
          },
        },
      });
      subscriber.answerWith(503);
      await postEvent(url);
      await eventually(() => sink.received.length === 1);
      expect(subscriber.received).toHaveLength(retry + 1);
    },
  );

  it.each([
    ['linear', [200, 200, 200]],
    ['exponential', [200, 400, 800]],
  ] as const)('DE-3 RF-8 %s backoff waits %j ms', async (backoffPolicy, expected) => {
    const { url, subscriber } = await mesh.route({
      trigger: { delivery: { retry: 3, backoffPolicy, backoffDelay: 'PT0.2S' } },
    });
    subscriber.answerWith((_request, index) => (index < 3 ? 503 : 200));
    await postEvent(url);
    await eventually(() => subscriber.received.length === 4);
    const times = subscriber.received.map(({ atMs }) => atMs);
    expected.forEach((expectedMs, index) => {
      const gapMs = times[index + 1]! - times[index]!;
      expect(gapMs).toBeGreaterThanOrEqual(expectedMs - 20);
      expect(gapMs).toBeLessThan(expectedMs + 500);
    });
  });

  it('DE-4 DE-5 A success without an event is done; with an event it goes to the Broker', async () => {
    const { url, broker, subscriber } = await mesh.route({
      trigger: { filter: { attributes: { type: 'order' } } },
    });
    const invoices = await mesh.subscriber();
    await mesh.readyTrigger({
      broker,
      filter: { attributes: { type: 'invoice' } },
      subscriber: { uri: invoices.url },
    });
    subscriber.answerWith((_request, index) =>
      index === 0
        ? 200
        : { code: 200, headers: binaryHeaders({ 'ce-type': 'invoice' }), body: '{"a":1}' },
    );
    await postEvent(url, { 'ce-type': 'order' });
    await eventually(() => subscriber.received.length === 1);
    await postEvent(url, { 'ce-type': 'order' });
    await eventually(() => invoices.received.length === 1);
    expect(invoices.received[0]?.body.toString()).toBe('{"a":1}');
  });

  it('LX-15 A malformed reply counts as a failed delivery', async () => {
    const { url, subscriber } = await mesh.route({
      trigger: { delivery: { retry: 2, backoffPolicy: 'linear', backoffDelay: 'PT0.05S' } },
    });
    subscriber.answerWith((_request, index) =>
      index === 0 ? { code: 200, headers: { 'ce-type': 'half-an-event' }, body: '{}' } : 200,
    );
    await postEvent(url);
    await eventually(() => subscriber.received.length === 2);
  });

  it('DE-7 An undeliverable event MUST go to the dead letter sink, with what went wrong', async () => {
    const sink = await mesh.subscriber();
    const { url, subscriber } = await mesh.route({
      trigger: { delivery: { deadLetterSink: { uri: sink.url } } },
    });
    subscriber.answerWith({ code: 422, body: 'no such order' });
    await postEvent(url, { 'ce-id': 'undeliverable', 'ce-ext': 'kept' }, '{"order":1}');
    await eventually(() => sink.received.length === 1);
    const dead = sink.received[0]!;
    expect(dead.headers).toMatchObject({
      'ce-id': 'undeliverable',
      'ce-ext': 'kept',
      'ce-knativeerrordest': subscriber.url,
      'ce-knativeerrorcode': '422',
      'ce-knativeerrordata': Buffer.from('no such order').toString('base64'),
      'kn-namespace': 'delivery',
    });
    expect(dead.headers.prefer).toBeUndefined();
    expect(dead.body.toString()).toBe('{"order":1}');
  });

  it('DE-8 The dead letter sink is retried until it takes the event', async () => {
    const sink = await mesh.subscriber();
    const { url, subscriber } = await mesh.route({
      trigger: { delivery: { deadLetterSink: { uri: sink.url } } },
    });
    subscriber.answerWith(500);
    sink.answerWith((_request, index) => (index < 3 ? 503 : 200));
    await postEvent(url);
    await eventually(() => sink.received.length === 4, { timeoutMs: 30_000 });
  }, 45_000);

  it('a subscriber that never answers counts as no response after delivery.timeout', async () => {
    const sink = await mesh.subscriber();
    const { url, subscriber } = await mesh.route({
      trigger: { delivery: { timeout: 'PT0.3S', deadLetterSink: { uri: sink.url } } },
    });
    subscriber.answerWith('hang');
    await postEvent(url);
    await eventually(() => sink.received.length === 1);
    expect(sink.received[0]?.headers).toMatchObject({
      'ce-knativeerrordest': subscriber.url,
      'ce-knativeerrorcode': '500',
    });
  });
});
