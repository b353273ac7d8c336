import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../../support/eventually.ts';
import { postEvent } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';

describe('a subscriber that is slow or fails', () => {
  let mesh: BrokerMesh;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress();
    await mesh.startDispatcher({ DELIVERY_CONCURRENCY: '4', DRAIN_TIMEOUT: '1s' });
  }, 30_000);
  afterAll(() => mesh.stop());

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
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    // The hanging Trigger has as many requests open as it may, and no more.
    expect(subscriber.received.filter(({ path }) => path === '/slow')).toHaveLength(4);
  });

  it('keeps one slow event from delaying the others of its Trigger', async () => {
    const { url, subscriber } = await mesh.route({ delivery: { timeout: 'PT30S' } });
    subscriber.answerWith(({ id }) => (id === 'slow' ? 'hang' : 200));
    await postEvent(url, { 'ce-id': 'slow' });
    for (let count = 0; count < 20; count += 1) await postEvent(url, { 'ce-id': `e-${count}` });
    await eventually(() => subscriber.received.length === 21, { timeoutMs: 5_000 });
  });

  it('keeps one event that is retried from delaying the others', async () => {
    const { url, subscriber } = await mesh.route({
      delivery: { retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT30S' },
      annotations: { 'jetmesh.dev/max-in-flight': '1' },
    });
    subscriber.answerWith(({ id }) => (id === 'failing' ? 503 : 200));
    await postEvent(url, { 'ce-id': 'failing' });
    for (let count = 0; count < 10; count += 1) await postEvent(url, { 'ce-id': `e-${count}` });
    await eventually(() => subscriber.received.length === 11, { timeoutMs: 5_000 });
  });

  it('opens no more requests at once than max-in-flight', async () => {
    let [open, peak, total] = [0, 0, 0];
    const server = createServer((_request, response) => {
      open += 1;
      total += 1;
      peak = Math.max(peak, open);
      response.on('close', () => (open -= 1));
      setTimeout(() => response.end(), 50);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { url } = await mesh.route({
      subscriberUri: `http://127.0.0.1:${port}/`,
      annotations: { 'jetmesh.dev/max-in-flight': '2' },
    });
    await Promise.all(Array.from({ length: 10 }, () => postEvent(url)));
    await eventually(() => total === 10);
    expect(peak).toBe(2);
    server.close();
    server.closeAllConnections();
  });
});
