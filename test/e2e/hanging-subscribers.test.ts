import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { createBroker } from '../support/create-broker.ts';
import { startMeshProcess, type MeshProcess } from '../support/mesh-process.ts';
import { postEvent } from '../support/post-event.ts';
import { createTrigger } from '../support/quickstart.ts';
import {
  startRecordingSubscriber,
  type RecordingSubscriber,
} from '../support/recording-subscriber.ts';
import { residentMebibytes } from '../support/resident-mebibytes.ts';

const namespace = 'hanging';
const hangingCount = 100;
const measuredCount = 300;
const intervalMs = 20;

describe('a healthy Trigger beside 100 whose subscriber hangs', () => {
  let mesh: MeshProcess;
  let healthy: RecordingSubscriber;
  let hanging: RecordingSubscriber;

  beforeAll(async () => {
    mesh = await startMeshProcess();
    healthy = await startRecordingSubscriber();
    hanging = await startRecordingSubscriber();
    hanging.answerWith('hang');
    await createBroker(mesh.client, namespace, {});
    const filter = { attributes: { subject: 'healthy' } };
    await createTrigger(mesh.client, { namespace, name: 'healthy', uri: healthy.url, filter });
  }, 90_000);

  afterAll(async () => {
    await Promise.all([healthy.close(), hanging.close()]);
    await mesh.stop();
  }, 60_000);

  const url = () => `${mesh.endpoints.ingress}/${namespace}/default`;

  /** The median time from sending an event to its arrival, in ms. */
  async function medianDeliveryMs(run: string): Promise<number> {
    const sentAtMs = new Map<string, number>();
    for (let index = 0; index < measuredCount; index += 1) {
      const id = `${run}-${index}`;
      sentAtMs.set(id, Date.now());
      const sent = postEvent(url(), { 'ce-id': id, 'ce-subject': 'healthy' });
      await delay(intervalMs);
      expect((await sent).code).toBe(202);
    }
    const arrived = () => healthy.received.filter(({ id }) => sentAtMs.has(id));
    await eventually(() => arrived().length >= measuredCount);
    const durations = arrived().map(({ id, atMs }) => atMs - (sentAtMs.get(id) ?? 0));
    return durations.sort((a, b) => a - b)[durations.length >> 1] ?? NaN;
  }

  it('gets its events as soon as alone, and the dispatcher stays small', async () => {
    await medianDeliveryMs('warm-up');
    const aloneMs = await medianDeliveryMs('alone');
    const memory = () => residentMebibytes(mesh.pidOf('dispatcher'));
    const memoryAlone = memory();

    const names = Array.from({ length: hangingCount }, (_, index) => `hanging-${index}`);
    await Promise.all(
      names.map((name) =>
        createTrigger(mesh.client, {
          ...{ namespace, name, uri: hanging.url },
          filter: { attributes: { subject: 'hanging' } },
          delivery: { retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT1S', timeout: 'PT5M' },
        }),
      ),
    );
    const data = 'x'.repeat(1024);
    for (let index = 0; index < 100; index += 1) {
      const { code } = await postEvent(
        url(),
        { 'ce-subject': 'hanging', 'ce-id': `h-${index}` },
        data,
      );
      expect(code).toBe(202);
    }
    await eventually(() => hanging.received.length >= hangingCount * 30, { timeoutMs: 30_000 });

    const besideMs = await medianDeliveryMs('beside');
    const memoryBeside = memory();
    process.stdout.write(
      `p50 alone ${aloneMs} ms, beside ${hangingCount} hanging ${besideMs} ms; dispatcher ` +
        `${memoryAlone.toFixed(0)} MiB, then ${memoryBeside.toFixed(0)} MiB; ` +
        `${hanging.received.length} requests hang\n`,
    );
    expect(besideMs - aloneMs).toBeLessThanOrEqual(2);
    expect(memoryBeside - memoryAlone).toBeLessThanOrEqual(200);
  }, 180_000);
});
