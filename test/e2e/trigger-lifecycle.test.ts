import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { triggerKind } from '@jetmesh/eventing-api';
import { connectJetStream, createStreamAdmin, type JetStreamConnection } from '@jetmesh/jetstream';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { startMeshProcess, type MeshProcess } from '../support/mesh-process.ts';
import { createApplication, createTrigger } from '../support/quickstart.ts';
import {
  startRecordingSubscriber,
  type RecordingSubscriber,
} from '../support/recording-subscriber.ts';
import { sendEvents } from '../support/send-events.ts';

describe('a Trigger while the mesh is up', () => {
  let mesh: MeshProcess;
  let subscriber: RecordingSubscriber;
  let nats: JetStreamConnection;

  beforeAll(async () => {
    mesh = await startMeshProcess();
    subscriber = await startRecordingSubscriber();
    nats = await connectJetStream({ servers: [mesh.endpoints.nats], name: 'test' });
    await createApplication(mesh.client, 'lifecycle');
  }, 90_000);

  afterAll(async () => {
    await nats.close();
    await subscriber.close();
    await mesh.stop();
  }, 60_000);

  it('receives the next event once Ready, and nothing after its deletion, when its consumer is gone', async () => {
    const url = `${mesh.endpoints.adapter}/lifecycle/events`;
    const trigger = await createTrigger(mesh.client, {
      namespace: 'lifecycle',
      name: 'hello',
      uri: subscriber.url,
      filter: { attributes: { type: 'greeting' } },
    });
    await sendEvents({ url, type: 'greeting', count: 1, concurrency: 1 });
    await sendEvents({ url, type: 'other', count: 1, concurrency: 1 });
    await eventually(() => subscriber.received.length === 1);
    expect(subscriber.received[0]).toMatchObject({ id: 'greeting-0' });

    const stream = trigger.status?.annotations?.['jetmesh.dev/stream'] ?? '';
    const consumer = trigger.status?.annotations?.['jetmesh.dev/consumer'] ?? '';
    const admin = createStreamAdmin(nats);
    expect(await admin.consumerState(stream, consumer)).toBeDefined();

    await mesh.client.delete(triggerKind, 'lifecycle/hello');
    await eventually(async () => (await admin.consumerState(stream, consumer)) === undefined);
    await sendEvents({ url, type: 'greeting', count: 1, concurrency: 1 });
    await delay(500);
    expect(subscriber.received).toHaveLength(1);
  });
});
