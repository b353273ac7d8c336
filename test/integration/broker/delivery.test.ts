import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { binaryHeaders, postEvent, postRaw } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';

describe('the dispatcher', () => {
  let mesh: BrokerMesh;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress();
    await mesh.startDispatcher({ DELIVERY_CONCURRENCY: '4' });
  }, 30_000);
  afterAll(() => mesh.stop());

  describe('a request', () => {
    it('carries the event as it was sent, and what a Broker adds', async () => {
      const { url, subscriber } = await mesh.route();
      const body = Buffer.from([0, 1, 255, 254]);
      const sent = {
        'ce-id': 'as-sent',
        'ce-subject': 'Größe%20',
        'ce-ext': 'x',
        'content-type': 'application/octet-stream',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        'x-request-id': 'r-1',
        authorization: 'secret',
      };
      await postEvent(url, { ...sent, 'ce-subject': encodeURI('Größe%20') }, body);
      await eventually(() => subscriber.received.length === 1);
      const { headers, body: received } = subscriber.received[0]!;
      expect(received).toEqual(body);
      expect(headers).toMatchObject({
        'ce-id': 'as-sent',
        'ce-ext': 'x',
        'content-type': 'application/octet-stream',
        traceparent: sent.traceparent,
        'x-request-id': 'r-1',
        prefer: 'reply',
        'kn-namespace': 'shop',
        'content-length': '4',
      });
      for (const name of ['authorization', 'ce-knativebrokerttl', 'nats-msg-id']) {
        expect(headers).not.toHaveProperty(name);
      }
    });

    it('goes to the path and query of the subscriber', async () => {
      const subscriber = await mesh.subscriber();
      const { url } = await mesh.route({ subscriberUri: `${subscriber.url}/in?x=1` });
      await postEvent(url);
      await eventually(() => subscriber.received.length === 1);
      expect(subscriber.received[0]).toMatchObject({ method: 'POST', path: '/in?x=1' });
    });

    it('is one JSON document when the format says so', async () => {
      const { url, subscriber } = await mesh.route({ delivery: { format: 'json' } });
      await postEvent(url, { 'ce-id': 'json' }, '{"a":1}');
      await eventually(() => subscriber.received.length === 1);
      const { headers, body } = subscriber.received[0]!;
      expect(headers['content-type']).toMatch(/^application\/cloudevents\+json/);
      expect(JSON.parse(body.toString())).toMatchObject({ id: 'json', data: { a: 1 } });
    });

    it('carries data of one mebibyte unchanged, less what NATS needs beside it', async () => {
      const { url, subscriber } = await mesh.route();
      const body = Buffer.alloc(1_000_000, 'x');
      expect((await postEvent(url, {}, body)).code).toBe(202);
      await eventually(() => subscriber.received.length === 1);
      expect(subscriber.received[0]?.body.equals(body)).toBe(true);
      expect((await postEvent(url, {}, Buffer.alloc(1024 * 1024))).code).toBe(413);
    });

    it('is made for matching events alone', async () => {
      const { url, subscriber, broker } = await mesh.route({
        filter: { attributes: { type: 'order', ext: 'yes' } },
      });
      await postEvent(url, { 'ce-id': '1', 'ce-type': 'order', 'ce-ext': 'no' });
      await postEvent(url, { 'ce-id': '2', 'ce-type': 'invoice', 'ce-ext': 'yes' });
      await postEvent(url, { 'ce-id': '3', 'ce-type': 'order', 'ce-ext': 'yes' });
      await eventually(() => subscriber.received.length === 1);
      expect(subscriber.received[0]?.id).toBe('3');
      const stream = broker.status?.annotations?.['jetmesh.dev/stream'] ?? '';
      await eventually(async () => {
        const [consumer] = await mesh.admin.listConsumers(stream);
        return consumer?.numAckPending === 0;
      });
    });
  });

  describe('retries', () => {
    it.each([
      ['linear', 'PT0.1S', [100, 100, 100]],
      ['exponential', 'PT0.1S', [100, 200, 400]],
    ] as const)('wait as %s back-off of %s says', async (backoffPolicy, backoffDelay, waits) => {
      const { url, subscriber } = await mesh.route({
        delivery: { retry: 3, backoffPolicy, backoffDelay },
      });
      subscriber.answerWith((_request, index) => (index < 3 ? 503 : 200));
      await postEvent(url);
      await eventually(() => subscriber.received.length === 4);
      expectGaps(subscriber.received, waits);
    });

    it('do not wait longer than backoffMax', async () => {
      const { url, subscriber } = await mesh.route({
        delivery: {
          retry: 4,
          backoffPolicy: 'exponential',
          backoffDelay: 'PT0.05S',
          backoffMax: 'PT0.1S',
        },
      });
      subscriber.answerWith(500);
      await postEvent(url);
      await eventually(() => subscriber.received.length === 5);
      expectGaps(subscriber.received, [50, 100, 100, 100]);
    });

    it('wait as long as the subscriber asks', async () => {
      const { url, subscriber } = await mesh.route({
        delivery: { retry: 1, backoffPolicy: 'linear', backoffDelay: 'PT0.01S' },
      });
      subscriber.answerWith((_request, index) =>
        index === 0 ? { code: 429, headers: { 'retry-after': '1' } } : 200,
      );
      await postEvent(url);
      await eventually(() => subscriber.received.length === 2);
      expectGaps(subscriber.received, [1000]);
    });

    it('do not listen to the subscriber with retryAfterMax PT0S', async () => {
      const { url, subscriber } = await mesh.route({
        delivery: { retry: 1, retryAfterMax: 'PT0S' },
      });
      subscriber.answerWith((_request, index) =>
        index === 0 ? { code: 503, headers: { 'retry-after': '60' } } : 200,
      );
      await postEvent(url);
      await eventually(() => subscriber.received.length === 2);
    });

    it('are made by default, also when a whole attempt times out', async () => {
      const { url, subscriber } = await mesh.route({
        delivery: { retry: 1, timeout: 'PT0.2S' },
      });
      subscriber.answerWith((_request, index) => (index === 0 ? 'hang' : 200));
      await postEvent(url);
      await eventually(() => subscriber.received.length === 2);
      expectGaps(subscriber.received, [200]);
    });
  });

  describe('replies', () => {
    it('keep their id, are routed to every Trigger, and are stored once', async () => {
      const { url, broker, subscriber } = await mesh.route({
        filter: { attributes: { type: 'ping' } },
      });
      const other = await mesh.subscriber();
      const filter = { attributes: { type: 'pong' } };
      await mesh.trigger(broker, { subscriberUri: other.url, filter });
      subscriber.answerWith((request) => ({
        code: 200,
        headers: binaryHeaders({ 'ce-type': 'pong', 'ce-id': request.id }),
        body: '{"pong":1}',
      }));
      await postEvent(url, { 'ce-type': 'ping', 'ce-id': 'same' });
      await eventually(() => other.received.length === 1);
      expect(other.received[0]?.id).toBe('same');
      expect(other.received[0]?.body.toString()).toBe('{"pong":1}');
    });

    it('of a 202 and bodies that are no event are not stored', async () => {
      const { url, broker, subscriber } = await mesh.route();
      subscriber.answerWith((_request, index) =>
        index === 0
          ? { code: 202, headers: binaryHeaders(), body: '{}' }
          : { code: 200, body: 'ok' },
      );
      await postEvent(url);
      await postEvent(url);
      await eventually(() => subscriber.received.length === 2);
      await delay(200);
      expect((await mesh.stored(broker)).length).toBeLessThanOrEqual(2);
      expect(subscriber.received).toHaveLength(2);
    });

    it('that are no event fail the delivery where the Trigger is strict', async () => {
      const { url, subscriber } = await mesh.route({
        annotations: { 'jetmesh.dev/strict-replies': 'true' },
        delivery: { retry: 1 },
      });
      subscriber.answerWith((_request, index) => (index === 0 ? { code: 200, body: 'ok' } : 200));
      await postEvent(url);
      await eventually(() => subscriber.received.length === 2);
    });

    it('end when they have looped as often as EVENT_TTL allows', async () => {
      const ingress = await mesh.startIngress({ EVENT_TTL: '5' });
      const { url, broker, subscriber } = await mesh.route();
      subscriber.answerWith({
        code: 200,
        headers: binaryHeaders({ 'ce-type': 'echo' }),
        body: '{}',
      });
      await postEvent(`http://127.0.0.1:${ingress.port}${new URL(url).pathname}`);
      await eventually(async () => (await mesh.parked(broker)).length === 1);
      expect(subscriber.received).toHaveLength(5);
      await mesh.stopProgram(ingress);
    });
  });

  describe('isolation', () => {
    it('keeps a hanging subscriber from delaying another Trigger, even at the same origin', async () => {
      const { url, broker, subscriber } = await mesh.route({
        filter: { attributes: { type: 'fast' } },
      });
      await mesh.trigger(broker, {
        subscriberUri: `${subscriber.url}/slow`,
        filter: { attributes: { type: 'slow' } },
        delivery: { timeout: 'PT30S' },
      });
      subscriber.answerWith(({ path }) => (path === '/slow' ? 'hang' : 200));
      for (let count = 0; count < 20; count += 1) await postEvent(url, { 'ce-type': 'slow' });
      await eventually(() => subscriber.received.length === 4);
      const startedAt = Date.now();
      for (let count = 0; count < 50; count += 1) await postEvent(url, { 'ce-type': 'fast' });
      await eventually(() => subscriber.received.filter(({ path }) => path === '/').length === 50);
      expect(Date.now() - startedAt).toBeLessThan(2_000);
      // The hanging Trigger has as many requests open as it may, and no more.
      expect(subscriber.received.filter(({ path }) => path === '/slow')).toHaveLength(4);
    });

    it('keeps one slow event from delaying the others of its Trigger', async () => {
      const { url, subscriber } = await mesh.route({ delivery: { timeout: 'PT30S' } });
      subscriber.answerWith(({ id }) => (id === 'slow' ? 'hang' : 200));
      await postEvent(url, { 'ce-id': 'slow' });
      for (let count = 0; count < 20; count += 1) await postEvent(url, { 'ce-id': `e-${count}` });
      await eventually(() => subscriber.received.length === 21, { timeoutMs: 2_000 });
    });

    it('keeps one event that is retried from delaying the others', async () => {
      const { url, subscriber } = await mesh.route({
        delivery: { retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT5S' },
        annotations: { 'jetmesh.dev/max-in-flight': '1' },
      });
      subscriber.answerWith(({ id }) => (id === 'failing' ? 503 : 200));
      await postEvent(url, { 'ce-id': 'failing' });
      for (let count = 0; count < 10; count += 1) await postEvent(url, { 'ce-id': `e-${count}` });
      await eventually(() => subscriber.received.length === 11, { timeoutMs: 2_000 });
    });

    it('opens no more requests at once than max-in-flight', async () => {
      const { url, subscriber } = await mesh.route({
        annotations: { 'jetmesh.dev/max-in-flight': '2' },
        delivery: { retry: 0, timeout: 'PT0.3S' },
      });
      subscriber.answerWith('hang');
      await Promise.all(Array.from({ length: 6 }, () => postEvent(url)));
      await eventually(() => subscriber.received.length === 6);
      const times = subscriber.received.map(({ atMs }) => atMs);
      expect(times[2]! - times[0]!).toBeGreaterThan(250);
      expect(times[4]! - times[2]!).toBeGreaterThan(250);
    });
  });

  describe('a changed Trigger', () => {
    it('delivers to the new subscriber, and nothing twice', async () => {
      const { url, subscriber, trigger } = await mesh.route();
      const other = await mesh.subscriber();
      await postEvent(url, { 'ce-id': 'before' });
      await eventually(() => subscriber.received.length === 1);
      await mesh.redirect(trigger, other.url);
      await eventually(async () => {
        await postEvent(url, { 'ce-id': 'after' });
        await delay(50);
        return other.received.length > 0;
      });
      expect(other.received.every(({ id }) => id === 'after')).toBe(true);
      expect(subscriber.received.filter(({ id }) => id === 'before')).toHaveLength(1);
    });

    it('is not delivered for any more once it is deleted', async () => {
      const { url, subscriber, trigger } = await mesh.route();
      await mesh.deleteTrigger(trigger);
      await delay(300);
      await postEvent(url);
      await delay(300);
      expect(subscriber.received).toHaveLength(0);
    });
  });

  it('delivers what was sent as one batch event by event', async () => {
    const { url, subscriber } = await mesh.route();
    const event = { specversion: '1.0', source: '/s', type: 't', data: { a: 1 } };
    const type = { 'content-type': 'application/cloudevents-batch+json' };
    const ids = ['b-1', 'b-2', 'b-3'];
    await postRaw(url, type, JSON.stringify(ids.map((id) => ({ ...event, id }))));
    await eventually(() => subscriber.received.length === 3);
    expect(subscriber.received.map(({ id }) => id).sort()).toEqual(ids);
  });
});

/** Requests follow each other after these times: not earlier, and not much later. */
function expectGaps(requests: readonly { atMs: number }[], expected: readonly number[]): void {
  expected.forEach((expectedMs, index) => {
    const gapMs = requests[index + 1]!.atMs - requests[index]!.atMs;
    expect(gapMs).toBeGreaterThanOrEqual(expectedMs - 15);
    expect(gapMs).toBeLessThan(expectedMs + 400);
  });
}
