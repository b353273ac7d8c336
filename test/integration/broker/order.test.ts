import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningDispatcher } from '@jetmesh/broker';
import { eventually } from '../../support/eventually.ts';
import { postEvent } from '../../support/post-event.ts';
import type { ReceivedRequest } from '../../support/recording-subscriber.ts';
import { BrokerMesh } from './broker-mesh.ts';

const ordered = { 'jetmesh.dev/delivery-order': 'ordered' };
const byKey = { 'jetmesh.dev/delivery-order': 'by-key' };

function names(count: number, prefix = ''): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

/** Ids in the order of their first, and of their last requests. */
function firsts(received: readonly ReceivedRequest[]): string[] {
  return [...new Set(received.map(({ id }) => id))];
}

function lasts(received: readonly ReceivedRequest[]): string[] {
  return [...new Set(received.map(({ id }) => id).reverse())].reverse();
}

describe('the order of deliveries', () => {
  let mesh: BrokerMesh;
  let dispatchers: RunningDispatcher[] = [];

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress();
  }, 30_000);
  afterEach(async () => {
    for (const dispatcher of dispatchers) await mesh.stopProgram(dispatcher);
    dispatchers = [];
  });
  afterAll(() => mesh.stop());

  async function start(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      dispatchers.push(await mesh.startDispatcher({ DRAIN_TIMEOUT: '300ms' }));
    }
  }

  async function send(url: string, ids: readonly string[], key?: string): Promise<void> {
    for (const id of ids) await postEvent(url, { 'ce-id': id, 'ce-partitionkey': key });
  }

  it('is that of the stream for an ordered Trigger, whatever fails and however many dispatchers run', async () => {
    await start(2);
    const { url, subscriber, broker } = await mesh.route({
      annotations: ordered,
      delivery: { retry: 5, backoffPolicy: 'linear', backoffDelay: 'PT0.05S' },
    });
    const failures = new Map<string, number>([
      ['3', 2],
      ['4', 1],
      ['20', 3],
    ]);
    subscriber.answerWith(({ id }) => {
      const left = failures.get(id) ?? 0;
      failures.set(id, left - 1);
      return left > 0 ? 503 : 200;
    });
    const ids = names(50);
    await send(url, ids);
    await eventually(() => mesh.controller.isSettled(broker));
    expect(subscriber.received).toHaveLength(56);
    expect(firsts(subscriber.received)).toEqual(ids);
    expect(lasts(subscriber.received)).toEqual(ids);
  }, 20_000);

  it('waits until an event of an ordered Trigger is parked', async () => {
    await start(1);
    const { url, subscriber, broker } = await mesh.route({
      annotations: ordered,
      delivery: { retry: 2, backoffPolicy: 'linear', backoffDelay: 'PT0.1S' },
    });
    subscriber.answerWith(({ id }) => (id === '1' ? 500 : 200));
    await send(url, names(4));
    await eventually(() => subscriber.received.length === 6);
    expect(subscriber.received.map(({ id }) => id)).toEqual(['0', '1', '1', '1', '2', '3']);
    expect(await mesh.controller.parked(broker)).toHaveLength(1);
  }, 20_000);

  it('survives dispatchers that end in the middle of a retry', async () => {
    await start(2);
    const { url, subscriber, broker } = await mesh.route({
      annotations: ordered,
      delivery: { retry: 20, backoffPolicy: 'linear', backoffDelay: 'PT0.3S' },
    });
    let isFailing = true;
    subscriber.answerWith(({ id }) => (id === '5' && isFailing ? 503 : 200));
    const ids = names(40);
    await send(url, ids);
    await eventually(() => subscriber.received.some(({ id }) => id === '5'));
    for (let count = 0; count < 2; count += 1) {
      dispatchers.push(await mesh.startDispatcher());
      const before = subscriber.received.length;
      await mesh.stopProgram(dispatchers.shift()!);
      await eventually(() => subscriber.received.length > before);
    }
    isFailing = false;
    await eventually(() => mesh.controller.isSettled(broker));
    expect(firsts(subscriber.received)).toEqual(ids);
    expect(lasts(subscriber.received)).toEqual(ids);
  }, 30_000);

  it('is kept by key, while other keys and events without one go on', async () => {
    await start(2);
    const { url, subscriber, broker } = await mesh.route({
      annotations: byKey,
      delivery: { retry: 20, backoffPolicy: 'linear', backoffDelay: 'PT0.2S' },
    });
    let isFailing = true;
    subscriber.answerWith(({ id }) => (id === 'a-2' && isFailing ? 503 : 200));
    const keys = ['a', 'b', 'c'];
    await Promise.all(keys.map((key) => send(url, names(30, `${key}-`), key)));
    await send(url, names(10, 'free-'));
    const count = (prefix: string) =>
      firsts(subscriber.received).filter((id) => id.startsWith(prefix)).length;
    await eventually(() => count('b-') === 30 && count('c-') === 30 && count('free-') === 10);
    expect(count('a-')).toBe(3);
    isFailing = false;
    await eventually(() => mesh.controller.isSettled(broker));
    for (const key of keys) {
      const own = subscriber.received.filter(({ id }) => id.startsWith(`${key}-`));
      expect(firsts(own)).toEqual(names(30, `${key}-`));
      expect(lasts(own)).toEqual(names(30, `${key}-`));
    }
  }, 20_000);

  it('is kept by key with more events behind a failing one than a dispatcher holds', async () => {
    await start(1);
    const { url, subscriber, broker } = await mesh.route({
      annotations: {
        ...byKey,
        'jetmesh.dev/order-key': 'subject',
        'jetmesh.dev/max-in-flight': '4',
      },
      delivery: { retry: 50, backoffPolicy: 'linear', backoffDelay: 'PT0.2S' },
    });
    let isFailing = true;
    subscriber.answerWith(({ id }) => (id === 'a-0' && isFailing ? 503 : 200));
    const ids = names(150, 'a-');
    for (const id of ids) await postEvent(url, { 'ce-id': id, 'ce-subject': 'a' });
    for (const id of names(20, 'b-')) await postEvent(url, { 'ce-id': id, 'ce-subject': 'b' });
    await eventually(
      () => subscriber.received.filter(({ id }) => id.startsWith('b')).length === 20,
    );
    isFailing = false;
    await eventually(() => mesh.controller.isSettled(broker), { timeoutMs: 20_000 });
    const own = subscriber.received.filter(({ id }) => id.startsWith('a-'));
    expect(firsts(own)).toEqual(ids);
  }, 40_000);
});
