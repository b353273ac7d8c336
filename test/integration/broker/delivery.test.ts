import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { postEvent, postRaw } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';

describe('the dispatcher', () => {
  let mesh: BrokerMesh;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress();
    await mesh.startDispatcher();
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
      await eventually(() => mesh.controller.isSettled(broker));
    });
  });

  describe('a changed Trigger', () => {
    it('delivers to the new subscriber, and nothing twice', async () => {
      const { url, subscriber, trigger } = await mesh.route();
      const other = await mesh.subscriber();
      await postEvent(url, { 'ce-id': 'before' });
      await eventually(() => subscriber.received.length === 1);
      await mesh.controller.redirect(trigger, other.url);
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
      await mesh.controller.deleteTrigger(trigger);
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
