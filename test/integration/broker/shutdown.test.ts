import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { postEvent } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';

describe('a dispatcher that stops', () => {
  let mesh: BrokerMesh;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress();
  }, 30_000);
  afterAll(() => mesh.stop());

  it('finishes what is open, and leaves the rest to another replica at once', async () => {
    const dispatcher = await mesh.startDispatcher({
      DELIVERY_CONCURRENCY: '1',
      DRAIN_TIMEOUT: '5s',
    });
    const { url, subscriber } = await mesh.route({ delivery: { retry: 5, timeout: 'PT1S' } });
    let isHanging = true;
    subscriber.answerWith(() => (isHanging ? 'hang' : 200));
    for (const id of ['1', '2', '3', '4']) await postEvent(url, { 'ce-id': id });
    await eventually(() => subscriber.received.length === 1);
    const stopped = mesh.stopProgram(dispatcher);
    await stopped;
    isHanging = false;
    const before = subscriber.received.length;
    const successor = await mesh.startDispatcher();
    await eventually(
      () => new Set(subscriber.received.slice(before).map(({ id }) => id)).size === 4,
      {
        timeoutMs: 10_000,
      },
    );
    await mesh.stopProgram(successor);
  }, 20_000);

  it('gives back a hanging delivery at the end of DRAIN_TIMEOUT', async () => {
    const dispatcher = await mesh.startDispatcher({ DRAIN_TIMEOUT: '300ms' });
    const { url, subscriber } = await mesh.route({ delivery: { retry: 5, timeout: 'PT60S' } });
    subscriber.answerWith((_request, index) => (index === 0 ? 'hang' : 200));
    await postEvent(url);
    await eventually(() => subscriber.received.length === 1);
    const startedAt = Date.now();
    await mesh.stopProgram(dispatcher);
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    const successor = await mesh.startDispatcher();
    await eventually(() => subscriber.received.length === 2, { timeoutMs: 10_000 });
    await mesh.stopProgram(successor);
  }, 20_000);

  it('makes an attempt at an event whose deliveries a crash has used up', async () => {
    const dispatcher = await mesh.startDispatcher({ DRAIN_TIMEOUT: '1ms' });
    const { url, subscriber, broker } = await mesh.route({
      delivery: { retry: 0, timeout: 'PT60S' },
    });
    subscriber.answerWith((_request, index) => (index === 0 ? 'hang' : 200));
    await postEvent(url);
    await eventually(() => subscriber.received.length === 1);
    await mesh.stopProgram(dispatcher);
    const successor = await mesh.startDispatcher();
    await eventually(() => subscriber.received.length === 2);
    expect(await mesh.controller.parked(broker)).toHaveLength(0);
    await mesh.stopProgram(successor);
  }, 20_000);
});
