import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { triggerKind, type Trigger } from '@jetmesh/eventing-api';
import { createBroker } from '../support/create-broker.ts';
import { eventually } from '../support/eventually.ts';
import { startMeshProcess, type MeshProcess } from '../support/mesh-process.ts';
import { createTrigger } from '../support/quickstart.ts';
import {
  startRecordingSubscriber,
  type RecordingSubscriber,
} from '../support/recording-subscriber.ts';
import { sendEvents } from '../support/send-events.ts';
import { listDeadLetters, runDeadLetters } from './run-dead-letters.ts';

const namespace = 'crowded';
const eventCount = 600;
/** Three times what the stream holds. */
const data = JSON.stringify('x'.repeat(40 * 1024));
const streamBytes = '8Mi';

let mesh: MeshProcess;
const subscribers: RecordingSubscriber[] = [];

async function aSubscriber(): Promise<RecordingSubscriber> {
  const subscriber = await startRecordingSubscriber();
  subscribers.push(subscriber);
  return subscriber;
}

beforeAll(async () => {
  mesh = await startMeshProcess();
  await createBroker(mesh.client, namespace, {
    'stream.max-bytes': streamBytes,
    'dead-letters.max-bytes': '128Mi',
  });
}, 90_000);

afterAll(async () => {
  await mesh.stop();
  await Promise.all(subscribers.map((subscriber) => subscriber.close()));
}, 60_000);

const statusOf = async (name: string) =>
  (await mesh.client.get<Trigger>(triggerKind, `${namespace}/${name}`))?.status;
const idsOf = ({ received }: RecordingSubscriber) => new Set(received.map(({ id }) => id));

describe('Triggers that do not take their events, on a small stream', () => {
  it('never make the ingress refuse, and lose nothing', async () => {
    const [healthy, refusing, hanging, paused] = [
      await aSubscriber(),
      await aSubscriber(),
      await aSubscriber(),
      await aSubscriber(),
    ];
    refusing.answerWith(503);
    hanging.answerWith('hang');
    const delivery = { retry: 20, backoffDelay: 'PT1S', backoffPolicy: 'exponential' } as const;
    await createTrigger(mesh.client, { namespace, name: 'healthy', uri: healthy.url });
    await createTrigger(mesh.client, { namespace, name: 'refusing', uri: refusing.url, delivery });
    await createTrigger(mesh.client, {
      ...{ namespace, name: 'hanging', uri: hanging.url },
      delivery: { ...delivery, timeout: 'PT10S' },
    });
    await createTrigger(mesh.client, {
      ...{ namespace, name: 'paused', uri: paused.url },
      annotations: { 'jetmesh.dev/paused': 'true' },
    });

    const { accepted, refused } = await sendEvents({
      url: `${mesh.endpoints.ingress}/${namespace}/default`,
      type: 'crowd',
      count: eventCount,
      concurrency: 8,
      ratePerSecond: 25,
      data,
    });
    expect([...refused]).toEqual([]);
    expect(accepted).toHaveLength(eventCount);
    await eventually(() => accepted.every((id) => idsOf(healthy).has(id)));
    expect(paused.received).toHaveLength(0);

    const parked = await listDeadLetters(mesh, '--reason', 'backlog-exceeded');
    const counts = ['healthy', 'refusing', 'hanging', 'paused'].map(
      (name) => parked.filter(({ trigger }) => trigger === `${namespace}/${name}`).length,
    );
    process.stdout.write(
      `${eventCount} accepted, parked of healthy, refusing, hanging, paused: ${counts.join(', ')}\n`,
    );
    expect(counts[0]).toBe(0);
    for (const count of counts.slice(1)) expect(count).toBeGreaterThan(eventCount / 3);
    await eventually(async () => {
      const annotations = (await statusOf('refusing'))?.annotations ?? {};
      return Number(annotations['jetmesh.dev/dead-letters']) > 0;
    });

    for (const subscriber of [refusing, hanging]) subscriber.answerWith(200);
    await mesh.client.mergePatch(triggerKind, `${namespace}/paused`, {
      metadata: { annotations: { 'jetmesh.dev/paused': 'false' } },
    });
    await eventually(
      async () => {
        await runDeadLetters(mesh, 'replay', `${namespace}/default`, '--all').catch(() => '');
        const left = await listDeadLetters(mesh);
        return left.length === 0;
      },
      { timeoutMs: 60_000, intervalMs: 1_000 },
    );
    await eventually(
      () => [refusing, hanging, paused].every(({ received }) => received.length > 0),
      { timeoutMs: 30_000 },
    );
    for (const subscriber of [refusing, hanging, paused]) {
      await eventually(() => accepted.every((id) => idsOf(subscriber).has(id)), {
        timeoutMs: 30_000,
      });
    }
    await eventually(
      async () =>
        (await statusOf('refusing'))?.annotations?.['jetmesh.dev/dead-letters'] === undefined,
    );
  }, 180_000);
});
