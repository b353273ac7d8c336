import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  configMapKind,
  eventKind,
  namespaceKind,
  type ConfigMap,
  type KubernetesObject,
} from '@jetmesh/eventing-api';
import {
  consumerConfig,
  deadLetterStreamConfig,
  defaultStreamSettings,
  streamConfig,
  streamName,
  type ConsumerConfig,
  type StreamConfig,
} from '@jetmesh/jetstream';
import type { RunningTriggerController } from '@jetmesh/trigger-controller';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { untilHolds } from '../../support/until-holds.ts';
import { ControllerMesh } from './controller-mesh.ts';
import { publishEvent } from './publish-event.ts';
import { StandInDispatcher } from './stand-in-dispatcher.ts';

let mesh: ControllerMesh;
let dispatcher: StandInDispatcher;
let controller: RunningTriggerController;
let stream: string;
let brokerUid: string;

beforeAll(async () => {
  mesh = await ControllerMesh.start();
  controller = await mesh.startController();
  dispatcher = new StandInDispatcher(mesh.client, mesh.connection);
  await mesh.createBroker('default');
  brokerUid = (await mesh.readyBroker('default')).metadata.uid ?? '';
  stream = streamName(brokerUid);
}, 30_000);
afterAll(async () => {
  await dispatcher.stop();
  await mesh.stop();
});

const settings = { maxAckPending: 10, ackWaitMs: 30_000, start: { kind: 'new' } } as const;

function configFor(triggerUid: string): ConsumerConfig {
  return consumerConfig(triggerUid, [], settings, mesh.connection.features);
}

async function ofThisCluster(config: StreamConfig): Promise<StreamConfig> {
  const namespace = await mesh.client.get(namespaceKind, 'kube-system');
  const cluster = namespace?.metadata.uid ?? '';
  return { ...config, description: `${config.description}, of the cluster ${cluster}` };
}

/** The value of one line of the metrics page. */
async function metric(name: string): Promise<number> {
  const page = await fetch(`http://127.0.0.1:${controller.adminPort}/metrics`);
  const lines = (await page.text()).split('\n');
  return Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length));
}

describe('the janitor', () => {
  it('removes streams whose Broker does not exist', async () => {
    await mesh.admin.ensureStream(await ofThisCluster(streamConfig('gone', defaultStreamSettings)));
    await mesh.admin.ensureStream(
      await ofThisCluster(deadLetterStreamConfig('gone', defaultStreamSettings)),
    );
    await eventually(async () => {
      const names = (await mesh.admin.listStreams()).map(({ name }) => name);
      return names.every((name) => !name.includes('gone'));
    });
  });

  it('removes consumers whose Trigger does not exist', async () => {
    const config = configFor('gone');
    await mesh.admin.ensureConsumer(stream, config);
    await eventually(
      async () => (await mesh.admin.consumerState(stream, config.durable_name)) === undefined,
    );
  });

  it('leaves alone the streams of another cluster on the same NATS account', async () => {
    const others = streamConfig('elsewhere', defaultStreamSettings);
    const description = `${others.description}, of the cluster ${randomUUID()}`;
    await mesh.admin.ensureStream({ ...others, description });
    await delay(1000);
    expect(await mesh.admin.streamState(others.name)).toBeDefined();
    await mesh.admin.deleteStream(others.name);
  });

  it('leaves alone what is not of its naming', async () => {
    const foreignStream = { ...streamConfig('x', defaultStreamSettings), name: 'OTHERS' };
    const subjects: StreamConfig['subjects'] = ['others.>'];
    await mesh.admin.ensureStream({ ...foreignStream, subjects });
    const foreignConsumer = { ...configFor('x'), durable_name: 'debugging' };
    await mesh.admin.ensureConsumer(stream, foreignConsumer);
    await delay(1000);
    expect(await mesh.admin.streamState('OTHERS')).toBeDefined();
    expect(await mesh.admin.consumerState(stream, 'debugging')).toBeDefined();
    await mesh.admin.deleteConsumer(stream, 'debugging');
  });

  it('has a consumer made again that was removed behind its Trigger’s back', async () => {
    await mesh.createTrigger('robbed');
    const { status } = await mesh.readyTrigger('robbed');
    const consumer = status?.annotations?.['jetmesh.dev/consumer'] ?? '';
    await mesh.admin.deleteConsumer(stream, consumer);
    await eventually(async () => mesh.admin.consumerState(stream, consumer));
    await untilHolds(async () => {
      const { items } = await mesh.client.list<KubernetesObject>(eventKind, { namespace: 'team' });
      expect(items).toContainEqual(
        expect.objectContaining({
          type: 'Warning',
          reason: 'ConsumerRecreated',
          involvedObject: expect.objectContaining({ kind: 'Trigger', name: 'robbed' }),
        }),
      );
    });
  });

  it('leaves no event in the stream that every Trigger has settled, and purges none that one has not', async () => {
    await mesh.createTrigger('settling', { filter: { attributes: { type: 'settled' } } });
    await mesh.readyTrigger('settling');
    dispatcher.isHolding = true;
    await publishEvent(mesh.connection, brokerUid, { type: 'settled', text: 'held' });
    await delay(600);
    const labels = '{namespace="team",trigger="settling"}';
    expect(await metric(`eventing_trigger_pending_events${labels}`)).toBe(1);
    const age = await metric(`eventing_trigger_oldest_pending_age_seconds${labels}`);
    expect(age).toBeGreaterThan(0.3);
    expect(age).toBeLessThan(30);
    expect((await mesh.admin.streamState(stream))?.messages).toBe(1);
    dispatcher.isHolding = false;
    await publishEvent(mesh.connection, brokerUid, { type: 'unwanted', text: 'free' });
    await eventually(async () => (await mesh.admin.streamState(stream))?.lastSequence === 2);
    await eventually(async () => (await mesh.admin.streamState(stream))?.messages === 1);
  });

  it('lets history go that makes a stream of kept events refuse, but nothing that a Trigger has not settled', async () => {
    await mesh.client.create<ConfigMap>(configMapKind, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'kept', namespace: 'team' },
      data: { 'stream.retention': 'kept', 'stream.max-bytes': '200Ki', 'backlog.max-share': '100' },
    });
    const config = { apiVersion: 'v1', kind: 'ConfigMap', name: 'kept' };
    await mesh.createBroker('history', { config });
    const uid = (await mesh.readyBroker('history')).metadata.uid ?? '';
    await mesh.createTrigger('reader', { broker: 'history' });
    await mesh.readyTrigger('reader');
    const text = 'x'.repeat(4 * 1024);
    const publish = async () => {
      await publishEvent(mesh.connection, uid, { type: 'kept', text });
      return true;
    };
    const state = () => mesh.admin.streamState(streamName(uid));
    for (let count = 0; count < 40; count += 1) await eventually(publish);
    expect((await state())?.lastSequence).toBe(40);
    expect((await state())?.messages).toBeGreaterThan(15);

    dispatcher.isHolding = true;
    await eventually(publish);
    const isRefused = () =>
      eventually(publish, { timeoutMs: 1_500 }).then(
        () => false,
        () => true,
      );
    await eventually(isRefused, { timeoutMs: 20_000 });
    expect(await mesh.admin.readMessage(streamName(uid), 41)).toBeDefined();
    dispatcher.isHolding = false;
  });
});
