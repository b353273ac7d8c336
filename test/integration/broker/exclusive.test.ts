import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningDispatcher } from '@jetmesh/broker';
import { eventually } from '../../support/eventually.ts';
import { postEvent } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';
import {
  type GaugeOptions,
  longestGapMs,
  type RequestGauge,
  startRequestGauge,
} from './request-gauge.ts';

describe('a Trigger with a bound, over several dispatchers', () => {
  let mesh: BrokerMesh;
  let dispatchers: RunningDispatcher[] = [];
  const gauges: RequestGauge[] = [];

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress();
  }, 30_000);
  afterEach(async () => {
    for (const dispatcher of dispatchers) await mesh.stopProgram(dispatcher);
    dispatchers = [];
    for (const gauge of gauges.splice(0)) gauge.close();
  });
  afterAll(() => mesh.stop());

  async function start(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) dispatchers.push(await mesh.startDispatcher());
  }

  async function aGauge(options: GaugeOptions): Promise<RequestGauge> {
    const gauge = await startRequestGauge(options);
    gauges.push(gauge);
    return gauge;
  }

  it('has no more requests open than max-in-flight, retries that wait not counted', async () => {
    await start(3);
    const gauge = await aGauge({ answerMs: 30, code: (total) => (total <= 10 ? 503 : 200) });
    const { url, broker } = await mesh.route({
      subscriberUri: gauge.url,
      delivery: { retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT1S' },
      annotations: { 'jetmesh.dev/max-in-flight': '3' },
    });
    await Promise.all(
      Array.from({ length: 60 }, (_, id) => postEvent(url, { 'ce-id': `e-${id}` })),
    );
    await eventually(() => gauge.starts.length === 60, { timeoutMs: 5_000 });
    await eventually(() => mesh.controller.isSettled(broker));
    expect(gauge.starts.length).toBe(70);
    expect(gauge.peak).toBe(3);
  }, 20_000);

  it('keeps its bound and loses nothing while its dispatcher ends, and goes on within a second', async () => {
    await start(2);
    const gauge = await aGauge({ answerMs: 20 });
    const { url, broker } = await mesh.route({
      subscriberUri: gauge.url,
      annotations: { 'jetmesh.dev/max-in-flight': '2' },
    });
    for (let id = 0; id < 120; id += 1) await postEvent(url, { 'ce-id': `e-${id}` });
    await eventually(() => gauge.starts.length >= 10);
    await mesh.stopProgram(dispatchers[0]!);
    const successor = await mesh.startDispatcher();
    await mesh.stopProgram(dispatchers[1]!);
    dispatchers = [successor];
    await eventually(() => gauge.starts.length >= 120);
    await eventually(() => mesh.controller.isSettled(broker));
    expect(gauge.starts.length).toBe(120);
    expect(gauge.peak).toBe(2);
    expect(longestGapMs(gauge)).toBeLessThan(1_000);
  }, 30_000);

  it('begins no more attempts than its rate-limit', async () => {
    await start(2);
    const gauge = await aGauge({ answerMs: 1 });
    const { url } = await mesh.route({
      subscriberUri: gauge.url,
      annotations: { 'jetmesh.dev/rate-limit': '20/s' },
    });
    await Promise.all(
      Array.from({ length: 30 }, (_, id) => postEvent(url, { 'ce-id': `e-${id}` })),
    );
    await eventually(() => gauge.starts.length === 30);
    const tookMs = gauge.starts[29]! - gauge.starts[0]!;
    expect(tookMs).toBeGreaterThan(1_400);
    expect(tookMs).toBeLessThan(2_500);
  }, 20_000);

  it('is delivered by all dispatchers when it has none', async () => {
    await start(2);
    const gauge = await aGauge({ answerMs: 200 });
    const { url } = await mesh.route({ subscriberUri: gauge.url });
    await Promise.all(Array.from({ length: 50 }, () => postEvent(url)));
    await eventually(() => gauge.starts.length === 50);
    expect(gauge.peak).toBeGreaterThan(32);
  }, 20_000);

  it('goes on within a second when it has none and a dispatcher ends', async () => {
    await start(2);
    const gauge = await aGauge({ answerMs: 1 });
    const { url, broker } = await mesh.route({ subscriberUri: gauge.url });
    const isEnough = new AbortController();
    const sending = (async () => {
      for (let id = 0; !isEnough.signal.aborted; id += 1) {
        await postEvent(url, { 'ce-id': `e-${id}` });
      }
    })();
    await eventually(() => gauge.starts.length >= 20);
    await mesh.stopProgram(dispatchers.shift()!);
    const before = gauge.starts.length;
    await eventually(() => gauge.starts.length >= before + 50);
    isEnough.abort();
    await sending;
    await eventually(() => mesh.controller.isSettled(broker));
    expect(longestGapMs(gauge)).toBeLessThan(1_000);
  }, 20_000);

  it('delivers nothing while it is paused, and everything afterwards', async () => {
    await start(1);
    const { url, trigger, subscriber, broker } = await mesh.route();
    await mesh.controller.annotate(trigger, { 'jetmesh.dev/paused': 'true' });
    await eventually(async () => !(await mesh.controller.isPulled(trigger)));
    for (const id of ['1', '2', '3']) await postEvent(url, { 'ce-id': id });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(subscriber.received).toHaveLength(0);
    await mesh.controller.annotate(trigger, { 'jetmesh.dev/paused': null });
    await eventually(() => subscriber.received.length === 3);
    expect(await mesh.controller.parked(broker)).toHaveLength(0);
  }, 20_000);

  it('delivers nothing while an annotation is wrong', async () => {
    await start(1);
    const { url, trigger, subscriber } = await mesh.route();
    await mesh.controller.annotate(trigger, { 'jetmesh.dev/rate-limit': 'fast' });
    await eventually(async () => !(await mesh.controller.isPulled(trigger)));
    await postEvent(url);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(subscriber.received).toHaveLength(0);
    await mesh.controller.annotate(trigger, { 'jetmesh.dev/rate-limit': '100/s' });
    await eventually(() => subscriber.received.length === 1);
  }, 20_000);
});
