import { describe, expect, it } from '@jest/globals';
import type { OutgoingMessage, PublishOutcome } from '@jetmesh/jetstream';
import type { DeliveryPlan } from './delivery-plan.ts';
import { parkEvent } from './park-event.ts';

const plan = {
  trigger: { namespace: 'shop', name: 'orders', uid: 'trigger-uid' },
  broker: {
    namespace: 'bus',
    name: 'default',
    uid: 'broker-uid',
    address: 'http://broker/shop/default',
  },
} as DeliveryPlan;

describe('parkEvent', () => {
  it('stores the event unchanged, and why it could not be delivered', async () => {
    const published: OutgoingMessage[] = [];
    const stored: PublishOutcome = { kind: 'stored', stream: 'd', sequence: 1, isDuplicate: false };
    const publisher = {
      publish: (message: OutgoingMessage) => {
        published.push(message);
        return Promise.resolve(stored);
      },
    };
    const message = {
      stream: 'STREAM',
      sequence: 7,
      timestampMs: Date.parse('2026-01-01T00:00:00Z'),
      headers: ['Nats-Msg-Id', 'abc', 'ce-id', '1', 'traceparent', 'trace'],
      data: Buffer.from('{}'),
    };
    const failure = { destination: 'http://subscriber', code: 422, data: Buffer.from('no') };
    const parkedAtMs = Date.parse('2026-01-01T00:01:00Z');
    const parking = { reason: 'rejected' as const, failure, attemptCount: 3, parkedAtMs };

    expect(await parkEvent(message, parking, { plan, publisher })).toBe(stored);
    expect(published[0]?.data).toBe(message.data);
    expect(published[0]?.messageId).toMatch(/^parked-/);
    expect(published[0]?.headers).toEqual([
      ...['ce-id', '1', 'traceparent', 'trace'],
      ...['Jetmesh-Trigger', 'shop/orders'],
      ...['Jetmesh-Trigger-Uid', 'trigger-uid'],
      ...['Jetmesh-Broker', 'bus/default'],
      ...['Jetmesh-Reason', 'rejected'],
      ...['Jetmesh-Attempts', '3'],
      ...['Jetmesh-Accepted-At', '2026-01-01T00:00:00.000Z'],
      ...['Jetmesh-Parked-At', '2026-01-01T00:01:00.000Z'],
      ...['Jetmesh-Stream', 'STREAM'],
      ...['Jetmesh-Stream-Sequence', '7'],
      ...['Jetmesh-Error-Destination', 'http://subscriber'],
      ...['Jetmesh-Error-Code', '422'],
      ...['Jetmesh-Error-Data', 'bm8='],
    ]);
  });

  const parked = async (destination: string, headers: string[] = []) => {
    const published: OutgoingMessage[] = [];
    const publisher = {
      publish: (message: OutgoingMessage) => {
        published.push(message);
        return Promise.resolve<PublishOutcome>({ kind: 'stream-full' });
      },
    };
    const message = { stream: 'S', sequence: 1, timestampMs: 0, headers, data: Buffer.alloc(0) };
    const failure = { destination, code: 500, data: Buffer.alloc(10_000) };
    const parking = { reason: 'rejected' as const, failure, attemptCount: 1, parkedAtMs: 0 };
    await parkEvent(message, parking, { plan, publisher });
    return published[0]?.headers ?? [];
  };
  const valueOf = (headers: readonly string[], name: string) =>
    headers[headers.indexOf(name) + 1] ?? '';

  it('names a destination of any script, in UTF-8', async () => {
    const destination = 'http://bücher.example/\u4ef6';
    const value = valueOf(await parked(destination), 'Jetmesh-Error-Destination');
    expect(value).not.toMatch(/[\u0100-\uffff]/);
    expect(Buffer.from(value, 'latin1').toString()).toBe(destination);
  });

  it('never outgrows what the ingress leaves for it', async () => {
    const headers = await parked(`http://x/${'\u4ef6'.repeat(5_000)}`);
    expect(headers.join('----').length).toBeLessThan(3_500);
  });

  it('drops what an earlier parking or replay said', async () => {
    const before = ['jetmesh-attempts', '9', 'Jetmesh-Replay-For', 'uid', 'ce-id', '1'];
    const headers = await parked('http://x/', before);
    expect(headers.filter((name) => name.toLowerCase() === 'jetmesh-attempts')).toHaveLength(1);
    expect(headers).not.toContain('Jetmesh-Replay-For');
    expect(headers).toContain('ce-id');
  });
});
