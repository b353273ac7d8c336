import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetmeshAnnotations, triggerKind, type Trigger } from '@jetmesh/eventing-api';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { binaryHeaders, postEvent } from '../support/post-event.ts';
import { ConformanceMesh, quick } from './conformance-mesh.ts';

/** Numbers are those of the statements of the Knative specification (delivery) as we keep them. */
describe('Knative event delivery', () => {
  let mesh: ConformanceMesh;

  beforeAll(async () => {
    mesh = await ConformanceMesh.start('delivery');
  }, 90_000);
  afterAll(() => mesh.stop(), 60_000);

  it('DE-2 Events are delivered to status.subscriberUri, its path and query included', async () => {
    const subscriber = await mesh.subscriber();
    const uri = `${subscriber.url}/some/path%20x?query=1&b=%2F`;
    const { url, trigger } = await mesh.route({ trigger: { subscriber: { uri } } });
    await postEvent(url);
    await eventually(() => subscriber.received.length === 1);
    expect(trigger.status?.subscriberUri).toBe(uri);
    expect(`${subscriber.url}${subscriber.received[0]!.path}`).toBe(uri);
  });

  it('DE-1 The delivery of a Trigger that sets any option replaces the Broker’s as a whole', async () => {
    const sink = await mesh.subscriber();
    const { url, subscriber } = await mesh.route({
      broker: { delivery: { retry: 5, ...quick } },
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
    'DE-3 RF-8 A retryable failure MUST be retried up to retry times: %i',
    async (retry) => {
      const sink = await mesh.subscriber();
      const { url, subscriber } = await mesh.route({
        trigger: {
          delivery: {
            retry,
            ...quick,
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

  it('DE-3 DP-11 Between retries is what the subscriber asks for with Retry-After: congestion control', async () => {
    const { url, subscriber } = await mesh.route({
      trigger: { delivery: { retry: 2, ...quick } },
    });
    subscriber.answerWith((_request, index) =>
      index === 0 ? { code: 429, headers: { 'retry-after': '1' } } : 200,
    );
    await postEvent(url);
    await eventually(() => subscriber.received.length === 2);
    const [first, second] = subscriber.received;
    expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(950);
  });

  it.each([
    ['linear', [200, 200, 200]],
    ['exponential', [200, 400, 800]],
  ] as const)(
    'DE-3 RF-8 %s backoff spaces the retries as defined',
    async (backoffPolicy, expected) => {
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
    },
  );

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
    await delay(200);
    expect(invoices.received.map(({ body }) => body.toString())).toEqual(['{"a":1}']);
    expect(subscriber.received).toHaveLength(2);
  });

  it('LX-15 A malformed reply counts as a failed delivery', async () => {
    const { url, subscriber } = await mesh.route({
      trigger: { delivery: { retry: 2, ...quick } },
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

  it('DE-7 An event whose reply cannot be forwarded MUST go to the dead letter sink after the retries', async () => {
    const sink = await mesh.subscriber();
    const { url, subscriber } = await mesh.route({
      broker: { config: await mesh.createSettings({ 'stream.max-bytes': '8Ki' }) },
      trigger: { delivery: { retry: 1, ...quick, deadLetterSink: { uri: sink.url } } },
    });
    const headers = binaryHeaders({ 'ce-type': 'answer' });
    subscriber.answerWith({ code: 200, headers, body: 'x'.repeat(9_000) });
    await postEvent(url, { 'ce-id': 'question' });
    await eventually(() => sink.received.length === 1);
    expect(subscriber.received).toHaveLength(2);
    expect(sink.received[0]?.headers).toMatchObject({
      'ce-id': 'question',
      'ce-knativeerrordest': url,
      'ce-knativeerrorcode': '507',
    });
  });

  it('DE-7 Without a dead letter sink an event MAY be discarded: here it is parked, and counted', async () => {
    const { url, trigger, subscriber } = await mesh.route({
      trigger: { delivery: { retry: 0 } },
    });
    subscriber.answerWith(500);
    await postEvent(url);
    const deadLettersOf = ({ status }: Trigger) =>
      status?.annotations?.[jetmeshAnnotations.deadLetters];
    await mesh.untilObject<Trigger>(
      triggerKind,
      trigger.metadata.name,
      (object) => deadLettersOf(object) === '1',
    );
    expect(subscriber.received).toHaveLength(1);
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
});
