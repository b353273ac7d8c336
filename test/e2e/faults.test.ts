import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startMeshProcess, type MeshProcess } from '../support/mesh-process.ts';
import { createApplication, createTrigger } from '../support/quickstart.ts';
import {
  startRecordingSubscriber,
  type RecordingSubscriber,
} from '../support/recording-subscriber.ts';
import { sendEvents } from '../support/send-events.ts';

const loadCount = 1_000;
const killAfterCount = 300;
const victims = [
  'http-source-adapter',
  'ingress',
  'dispatcher',
  'trigger-controller',
  'subscription-bridge',
  'kubernetes',
  'nats-server',
];

describe('kill -9 of one process during a load of 1,000 events', () => {
  let mesh: MeshProcess;
  let subscriber: RecordingSubscriber;

  beforeAll(async () => {
    mesh = await startMeshProcess();
    subscriber = await startRecordingSubscriber();
    await createApplication(mesh.client, 'faults');
    await createTrigger(mesh.client, { namespace: 'faults', name: 'all', uri: subscriber.url });
  }, 90_000);

  afterAll(async () => {
    await subscriber.close();
    await mesh.stop();
  }, 60_000);

  /** The process that the test before this one killed serves again. */
  beforeEach(async () => {
    const url = `${mesh.endpoints.adapter}/faults/events`;
    await eventually(async () => {
      const { accepted } = await sendEvents({ url, type: 'probe', count: 1, concurrency: 1 });
      return accepted.length === 1;
    });
  });

  it.each(victims)(
    '%s: every event that got a 2xx is delivered',
    async (victim) => {
      const pidBefore = mesh.pidOf(victim);
      let restarted = Promise.resolve();
      const { accepted, refused } = await sendEvents({
        url: `${mesh.endpoints.adapter}/faults/events`,
        type: `load.${victim}`,
        count: loadCount,
        concurrency: 16,
        ratePerSecond: 250,
        onSend: (sentCount) => {
          if (sentCount === killAfterCount) restarted = mesh.killAndAwaitRestart(victim);
        },
      });
      await restarted;
      expect(mesh.pidOf(victim)).not.toBe(pidBefore);
      const delivered = () => new Set(subscriber.received.map(({ id }) => id));
      await eventually(() => accepted.every((id) => delivered().has(id)), { timeoutMs: 75_000 });

      const deliveries = subscriber.received.filter(({ id }) => id.startsWith(`load.${victim}-`));
      const duplicates = deliveries.length - new Set(deliveries.map(({ id }) => id)).size;
      const codes = [...refused].map(([code, count]) => `${count} × ${code}`).join(', ') || 'none';
      process.stdout.write(
        `${victim}: ${accepted.length} accepted, ${deliveries.length} deliveries, ${duplicates} duplicates, refused: ${codes}\n`,
      );
      expect(accepted.length).toBeGreaterThan(killAfterCount / 2);
    },
    120_000,
  );
});
