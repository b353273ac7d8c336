import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { postEvent } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';

describe('retries of the dispatcher', () => {
  let mesh: BrokerMesh;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress();
    await mesh.startDispatcher();
  }, 30_000);
  afterAll(() => mesh.stop());

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

/** Requests follow each other after these times: not earlier, and not much later. */
function expectGaps(requests: readonly { atMs: number }[], expected: readonly number[]): void {
  expected.forEach((expectedMs, index) => {
    const gapMs = requests[index + 1]!.atMs - requests[index]!.atMs;
    expect(gapMs).toBeGreaterThanOrEqual(expectedMs - 15);
    expect(gapMs).toBeLessThan(expectedMs + 1_000);
  });
}
