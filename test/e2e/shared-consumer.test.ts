import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isReady, jetmeshAnnotations, triggerKind, type Trigger } from '@jetmesh/eventing-api';
import {
  connectJetStream,
  createStreamAdmin,
  type JetStreamConnection,
  type StreamAdmin,
} from '@jetmesh/jetstream';
import { join } from 'node:path';
import { DispatcherProcess } from '../integration/broker/dispatcher-process.ts';
import { eventually } from '../support/eventually.ts';
import { startMeshProcess, type MeshProcess } from '../support/mesh-process.ts';
import { createApplication, createTrigger } from '../support/quickstart.ts';
import {
  startRecordingSubscriber,
  type RecordingSubscriber,
} from '../support/recording-subscriber.ts';
import { sendEvents } from '../support/send-events.ts';

const namespace = 'sharing';

describe('Triggers that share a consumer, on two dispatchers', () => {
  let mesh: MeshProcess;
  let second: DispatcherProcess;
  let connection: JetStreamConnection;
  let admin: StreamAdmin;
  let subscriber: RecordingSubscriber;
  let troubled: RecordingSubscriber;
  let names = 0;

  beforeAll(async () => {
    mesh = await startMeshProcess({ env: { SHARED_CONSUMER_THRESHOLD: '0' } });
    const { nats } = mesh.endpoints;
    connection = await connectJetStream({ servers: [nats], name: 'test' });
    admin = createStreamAdmin(connection);
    second = new DispatcherProcess({
      KUBECONFIG: join(mesh.data, 'kubeconfig'),
      NATS_SERVERS: nats,
      LOCAL_SERVICES: 'true',
      ADMIN_PORT: '0',
    });
    await createApplication(mesh.client, namespace);
  }, 90_000);

  afterAll(async () => {
    await second.kill();
    await connection.close();
    await mesh.stop();
  }, 60_000);

  beforeEach(async () => {
    subscriber = await startRecordingSubscriber();
    troubled = await startRecordingSubscriber();
  });

  afterEach(() => Promise.all([subscriber.close(), troubled.close()]));

  const newType = (prefix: string) => `${prefix}${++names}`;
  const url = () => `${mesh.endpoints.ingress}/${namespace}/default`;
  const filters = (type: string) => [{ exact: { type } }];
  const wanting = (type: string, spec: Partial<Trigger['spec']> = {}) =>
    createTrigger(mesh.client, {
      namespace,
      name: newType('trigger-'),
      uri: subscriber.url,
      filters: filters(type),
      ...spec,
    });
  const placeOf = ({ status }: Trigger) => ({
    stream: status?.annotations?.[jetmeshAnnotations.stream] ?? '',
    consumer: status?.annotations?.[jetmeshAnnotations.consumer] ?? '',
  });
  const deliveriesOf = (id: string) => subscriber.received.filter((one) => one.id === id).length;

  it('get every event from the moment that they are Ready, whichever dispatcher takes it', async () => {
    const type = newType('early');
    let sentCount = 0;
    const sending = sendEvents({
      url: url(),
      type,
      count: 1_500,
      concurrency: 8,
      ratePerSecond: 250,
      onSend: (count) => (sentCount = count + 1),
    });
    const joined: { path: string; from: number }[] = [];
    for (let index = 0; index < 8; index += 1) {
      const path = `/member-${index}`;
      await wanting(type, { subscriber: { uri: `${subscriber.url}${path}` } });
      joined.push({ path, from: sentCount });
    }
    const { accepted } = await sending;
    const numbers = accepted.map((id) => Number(id.slice(type.length + 1)));
    for (const { path, from } of joined) {
      await eventually(() => {
        const got = new Set(
          subscriber.received.filter((one) => one.path === path).map(({ id }) => id),
        );
        return numbers
          .filter((number) => number >= from)
          .every((number) => got.has(`${type}-${number}`));
      });
    }
    expect(joined.at(-1)?.from).toBeLessThan(1_500);
    const seen = subscriber.received.map(({ path, id }) => `${path} ${id}`);
    expect(new Set(seen).size).toBe(seen.length);
  }, 90_000);

  it('are tried exactly as often as their policy says, and hold up no other', async () => {
    const type = newType('failing');
    troubled.answerWith(500);
    await wanting(type, {
      subscriber: { uri: troubled.url },
      delivery: { retry: 2, backoffPolicy: 'linear', backoffDelay: 'PT0.1S' },
    });
    await wanting(type);
    const { accepted } = await sendEvents({ url: url(), type, count: 40, concurrency: 4 });
    await eventually(() => accepted.every((id) => deliveriesOf(id) === 1));
    const attempts = (id: string) => troubled.received.filter((one) => one.id === id).length;
    // nats-server 2.9 may mislay a redelivery until the ack wait is over.
    await eventually(() => accepted.every((id) => attempts(id) >= 3), { timeoutMs: 45_000 });
    expect([...new Set(accepted.map(attempts))]).toEqual([3]);
  }, 90_000);

  it('keep what a hanging subscriber does not take, while the others get theirs at once', async () => {
    const type = newType('hanging');
    troubled.answerWith('hang');
    const trigger = await wanting(type, {
      subscriber: { uri: troubled.url },
      delivery: { retry: 5, timeout: 'PT2S', backoffPolicy: 'linear', backoffDelay: 'PT0.2S' },
    });
    await wanting(type);
    const startedAtMs = performance.now();
    const { accepted } = await sendEvents({ url: url(), type, count: 300, concurrency: 8 });
    await eventually(() => accepted.every((id) => deliveriesOf(id) === 1));
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
    const { stream, consumer } = placeOf(trigger);
    expect((await admin.streamState(stream))?.messages).toBeGreaterThan(200);

    troubled.answerWith(200);
    await eventually(() => accepted.every((id) => troubled.received.some((one) => one.id === id)), {
      timeoutMs: 20_000,
    });
    await eventually(
      async () => {
        const state = await admin.consumerState(stream, consumer);
        return state?.numPending === 0 && state.numAckPending === 0;
      },
      { timeoutMs: 20_000 },
    );
  }, 90_000);

  it('lose nothing while their filter changes', async () => {
    const [before, after] = [newType('before'), newType('after')];
    const { metadata } = await wanting(before);
    const key = `${namespace}/${metadata.name}`;
    await mesh.client.mergePatch(triggerKind, key, { spec: { filters: filters(after) } });
    await eventually(async () => {
      const trigger = await mesh.client.get<Trigger>(triggerKind, key);
      return trigger?.metadata.generation === 2 && isReady(trigger);
    });
    const { accepted } = await sendEvents({ url: url(), type: after, count: 100, concurrency: 4 });
    await eventually(() => accepted.every((id) => deliveriesOf(id) === 1));
  }, 60_000);

  it('lose nothing when a dispatcher is killed', async () => {
    const type = newType('killed');
    await wanting(type);
    let restarted = Promise.resolve();
    const { accepted } = await sendEvents({
      url: url(),
      type,
      count: 1_000,
      concurrency: 16,
      ratePerSecond: 250,
      onSend: (count) => {
        if (count === 300) restarted = mesh.killAndAwaitRestart('dispatcher');
      },
    });
    await restarted;
    await eventually(() => accepted.every((id) => deliveriesOf(id) >= 1), { timeoutMs: 75_000 });
    const duplicates = subscriber.received.length - accepted.length;
    process.stdout.write(`${accepted.length} accepted, ${duplicates} duplicates\n`);
  }, 120_000);

  it('leave nothing behind when they are deleted, and the stream goes on being emptied', async () => {
    const type = newType('deleted');
    subscriber.answerWith(500);
    const trigger = await wanting(type);
    const { stream } = placeOf(trigger);
    await sendEvents({ url: url(), type, count: 20, concurrency: 4 });
    const messages = async () => (await admin.streamState(stream))?.messages ?? 0;
    await eventually(async () => (await messages()) >= 20);
    const { items } = await mesh.client.list<Trigger>(triggerKind, { namespace });
    for (const { metadata } of items) {
      await mesh.client.delete(triggerKind, `${namespace}/${metadata.name}`);
    }
    await eventually(async () => (await messages()) === 0, { timeoutMs: 15_000 });
    await sendEvents({ url: url(), type, count: 20, concurrency: 4 });
    const shared = trigger.status?.annotations?.[jetmeshAnnotations.sharedStream] ?? '';
    await eventually(async () => (await admin.streamState(shared))?.messages === 0, {
      timeoutMs: 15_000,
    });
  }, 60_000);
});
