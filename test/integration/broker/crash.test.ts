import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { postEvent } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';
import type { DispatcherProcess } from './dispatcher-process.ts';
import { longestGapMs, startRequestGauge } from './request-gauge.ts';

/** Longer than a dispatcher lets messages go without a word. */
const ackWaitMs = 12_000;
const termMs = 6_000;

describe('a dispatcher that crashes', () => {
  let mesh: BrokerMesh;
  let crashing: DispatcherProcess;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress();
  }, 30_000);
  afterEach(() => crashing.kill());
  afterAll(() => mesh.stop());

  it('leaves to others how many attempts an event has had', async () => {
    crashing = mesh.spawnDispatcher();
    const { url, subscriber, broker } = await mesh.route({
      delivery: { retry: 4, backoffPolicy: 'linear', backoffDelay: 'PT0.5S' },
    });
    subscriber.answerWith(500);
    await postEvent(url);
    await eventually(async () => {
      const notes = await mesh.controller.admin.streamState('JETMESH_ATTEMPTS');
      return subscriber.received.length === 2 && notes?.lastSequence === 2;
    });
    await crashing.kill();
    const successor = await mesh.startDispatcher();
    await eventually(async () => (await mesh.controller.parked(broker)).length === 1);
    expect(subscriber.received).toHaveLength(5);
    await mesh.stopProgram(successor);
  }, 30_000);

  it('leaves the order of an ordered Trigger as it was', async () => {
    crashing = mesh.spawnDispatcher();
    const { url, subscriber, broker } = await mesh.route({
      annotations: { 'jetmesh.dev/delivery-order': 'ordered' },
      ackWaitMs,
    });
    subscriber.answerWith(({ id }) => (id === '5' ? 'hang' : 200));
    const ids = Array.from({ length: 40 }, (_, index) => `${index}`);
    for (const id of ids) await postEvent(url, { 'ce-id': id });
    await eventually(() => subscriber.received.some(({ id }) => id === '5'));
    const successor = await mesh.startDispatcher();
    await crashing.kill();
    subscriber.answerWith(200);
    await eventually(() => mesh.controller.isSettled(broker), {
      timeoutMs: ackWaitMs + termMs + 10_000,
    });
    expect([...new Set(subscriber.received.map(({ id }) => id))]).toEqual(ids);
    expect(subscriber.received).toHaveLength(41);
    await mesh.stopProgram(successor);
  }, 60_000);

  it('or only stands still, begins nothing for an exclusive Trigger that another has taken over', async () => {
    const gauge = await startRequestGauge({ answerMs: 20 });
    crashing = mesh.spawnDispatcher();
    const { url, broker } = await mesh.route({
      subscriberUri: gauge.url,
      annotations: { 'jetmesh.dev/max-in-flight': '1' },
      ackWaitMs,
    });
    const successor = await mesh.startDispatcher();
    for (let id = 0; id < 50; id += 1) await postEvent(url, { 'ce-id': `e-${id}` });
    await eventually(() => gauge.starts.length >= 5);
    crashing.signal('SIGSTOP');
    await eventually(() => gauge.starts.length >= 49, { timeoutMs: 2 * termMs });
    expect(longestGapMs(gauge)).toBeGreaterThan((termMs * 2) / 3);
    crashing.signal('SIGCONT');
    for (let id = 50; id < 100; id += 1) await postEvent(url, { 'ce-id': `e-${id}` });
    await eventually(() => mesh.controller.isSettled(broker), { timeoutMs: ackWaitMs + 5_000 });
    expect(gauge.starts.length).toBeGreaterThanOrEqual(100);
    expect(gauge.starts.length).toBeLessThanOrEqual(101);
    expect(gauge.peak).toBeLessThanOrEqual(2);
    gauge.close();
    await mesh.stopProgram(successor);
  }, 60_000);
});
