import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { postEvent } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';

describe('the attempts at an event', () => {
  let mesh: BrokerMesh;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress();
  }, 30_000);
  afterAll(() => mesh.stop());

  it('are retry + 1, whichever dispatchers make them', async () => {
    const first = await mesh.startDispatcher();
    const { url, subscriber, broker } = await mesh.route({
      delivery: { retry: 5, backoffPolicy: 'linear', backoffDelay: 'PT0.2S' },
    });
    subscriber.answerWith(500);
    await postEvent(url);
    await eventually(() => subscriber.received.length === 2);
    const second = await mesh.startDispatcher();
    await mesh.stopProgram(first);
    await eventually(() => subscriber.received.length >= 4);
    await mesh.stopProgram(second);
    const third = await mesh.startDispatcher();
    await eventually(async () => (await mesh.controller.parked(broker)).length === 1);
    expect(subscriber.received).toHaveLength(6);
    const [parked] = await mesh.controller.parked(broker);
    expect(parked?.headers.join(' ')).toContain('Jetmesh-Attempts 6');
    await mesh.stopProgram(third);
    const records = await mesh.controller.admin.streamState('JETMESH_ATTEMPTS');
    expect(records?.messages).toBe(0);
  }, 30_000);

  it('are not used up by deliveries that no dispatcher made an attempt at', async () => {
    let dispatcher = await mesh.startDispatcher({
      DELIVERY_CONCURRENCY: '1',
      DRAIN_TIMEOUT: '50ms',
    });
    const { url, subscriber, broker } = await mesh.route({
      delivery: { retry: 1, backoffPolicy: 'linear', backoffDelay: 'PT0.1S', timeout: 'PT60S' },
    });
    subscriber.answerWith(({ id }) => (id === 'hanging' ? 'hang' : 500));
    await postEvent(url, { 'ce-id': 'hanging' });
    await eventually(() => subscriber.received.length === 1);
    await postEvent(url, { 'ce-id': 'waiting' });
    for (let restarts = 0; restarts < 3; restarts += 1) {
      const before = subscriber.received.length;
      await mesh.stopProgram(dispatcher);
      dispatcher = await mesh.startDispatcher({
        DELIVERY_CONCURRENCY: '1',
        DRAIN_TIMEOUT: '50ms',
      });
      await eventually(() => subscriber.received.length > before);
    }
    subscriber.answerWith(500);
    await mesh.stopProgram(dispatcher);
    dispatcher = await mesh.startDispatcher();
    await eventually(async () => (await mesh.controller.parked(broker)).length === 2);
    expect(subscriber.received.filter(({ id }) => id === 'waiting')).toHaveLength(2);
    await mesh.stopProgram(dispatcher);
  }, 30_000);

  it('at the subscriber are over once they are, although the sink stays down over a restart', async () => {
    const first = await mesh.startDispatcher();
    const sink = await mesh.subscriber();
    const { url, subscriber } = await mesh.route({
      deadLetterSinkUri: sink.url,
      delivery: { retry: 1, backoffPolicy: 'linear', backoffDelay: 'PT0.05S' },
    });
    subscriber.answerWith(500);
    sink.answerWith(500);
    await postEvent(url);
    await eventually(() => sink.received.length >= 1);
    await mesh.stopProgram(first);
    sink.answerWith(200);
    const before = sink.received.length;
    const second = await mesh.startDispatcher();
    await eventually(() => sink.received.length > before);
    expect(subscriber.received).toHaveLength(2);
    expect(sink.received.at(-1)?.headers['ce-knativeerrorcode']).toBe('500');
    await mesh.stopProgram(second);
  }, 30_000);
});
