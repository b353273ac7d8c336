import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BlackHoleProxy } from '../support/black-hole-proxy.ts';
import { eventually } from '../support/eventually.ts';
import { startMeshProcess, type MeshProcess } from '../support/mesh-process.ts';
import { startNatsServer, type NatsServer } from '../support/nats-server.ts';
import { createApplication, createTrigger } from '../support/quickstart.ts';
import {
  startRecordingSubscriber,
  type RecordingSubscriber,
} from '../support/recording-subscriber.ts';
import { sendEvents } from '../support/send-events.ts';
import { untilAccounted } from './until-accounted.ts';

const namespace = 'network';
const loadCount = 1_000;
const faultAfterCount = 300;

describe('a network that fails between all programs and NATS, during a load of 1,000 events', () => {
  let nats: NatsServer;
  let proxy: BlackHoleProxy;
  let mesh: MeshProcess;
  let subscriber: RecordingSubscriber;

  beforeAll(async () => {
    nats = await startNatsServer();
    proxy = await BlackHoleProxy.start(nats.port);
    const natsUrl = `nats://127.0.0.1:${proxy.port}`;
    mesh = await startMeshProcess({ flags: ['--nats-url', natsUrl] });
    subscriber = await startRecordingSubscriber();
    await createApplication(mesh.client, namespace);
    await createTrigger(mesh.client, { namespace, name: 'all', uri: subscriber.url });
  }, 90_000);

  afterAll(async () => {
    await subscriber.close();
    await mesh.stop();
    await proxy.stop();
    await nats.stop();
  }, 60_000);

  const url = () => `${mesh.endpoints.ingress}/${namespace}/default`;

  /** The fault before this one is over. */
  beforeEach(async () => {
    await eventually(
      async () => {
        const probe = { url: url(), type: 'probe', count: 1, concurrency: 1 };
        return (await sendEvents(probe)).accepted.length === 1;
      },
      { timeoutMs: 30_000 },
    );
  }, 40_000);

  it.each([
    ['cut', () => proxy.cut()],
    ['half-open', () => proxy.swallow()],
  ])(
    '%s: every event that got a 2xx is delivered',
    async (fault, fail) => {
      const load = await sendEvents({
        url: url(),
        type: `load.${fault}`,
        count: loadCount,
        concurrency: 16,
        ratePerSecond: 250,
        onSend: (sentCount) => {
          if (sentCount === faultAfterCount) fail();
        },
      });
      const about = { mesh, subscriber, trigger: `${namespace}/all` };
      await untilAccounted(`connection ${fault}`, load, about);
      expect(load.accepted.length).toBeGreaterThan(faultAfterCount);
    },
    150_000,
  );
});
