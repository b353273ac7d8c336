import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  brokerClassAnnotation,
  conditionOf,
  configMapKind,
  serviceKind,
  type Broker,
  type ConfigMap,
} from '@jetmesh/eventing-api';
import { streamName } from '@jetmesh/jetstream';
import { eventually } from '../../support/eventually.ts';
import { untilHolds } from '../../support/until-holds.ts';
import { ControllerMesh } from './controller-mesh.ts';
import { StandInDispatcher } from './stand-in-dispatcher.ts';

let mesh: ControllerMesh;
let dispatcher: StandInDispatcher;

beforeAll(async () => {
  mesh = await ControllerMesh.start();
  await mesh.startController();
  dispatcher = new StandInDispatcher(mesh.client, mesh.connection);
}, 30_000);
beforeEach(() => mesh.client.delete(configMapKind, 'jetmesh-system/config-br-defaults'));
afterAll(async () => {
  await dispatcher.stop();
  await mesh.stop();
});

function createConfigMap(key: string, data: Record<string, string>): Promise<ConfigMap> {
  const [namespace = '', name = ''] = key.split('/');
  return mesh.client.create<ConfigMap>(configMapKind, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace, name },
    data,
  });
}

function setDefaults(defaults: object): Promise<ConfigMap> {
  return createConfigMap('jetmesh-system/config-br-defaults', {
    'default-br-config': JSON.stringify(defaults),
    _example: 'not read',
  });
}

function untilBroker(name: string, condition: (broker: Broker) => void): Promise<Broker> {
  return eventually(async () => {
    const broker = await mesh.broker(name);
    condition(broker);
    return broker;
  });
}

async function maxBytesOf({ metadata }: Broker): Promise<number | undefined> {
  const streams = await mesh.admin.listStreams();
  return streams.find(({ name }) => name === streamName(metadata.uid ?? ''))?.maxBytes;
}

describe('the ConfigMap config-br-defaults', () => {
  it('configures Brokers without a config of their own, also those that are there already', async () => {
    await createConfigMap('team/small', {
      'stream.max-bytes': '5Mi',
      'channel-template-spec': 'x',
    });
    await mesh.createBroker('existing');
    await mesh.readyBroker('existing');
    await setDefaults({
      clusterDefault: {
        brokerClass: 'Jetmesh',
        kind: 'ConfigMap',
        name: 'small',
        namespace: 'team',
      },
    });
    const existing = await mesh.broker('existing');
    await eventually(async () => (await maxBytesOf(existing)) === 5 * 1024 ** 2);
    await mesh.createBroker('later');
    expect(await maxBytesOf(await mesh.readyBroker('later'))).toBe(5 * 1024 ** 2);
    expect(existing.spec).not.toHaveProperty('config');

    await mesh.client.mergePatch(configMapKind, 'team/small', {
      data: { 'stream.max-bytes': '6Mi' },
    });
    await eventually(async () => (await maxBytesOf(existing)) === 6 * 1024 ** 2);
  });

  it('gives delivery options to Brokers that state none, and their sink is resolved and followed', async () => {
    const ref = { apiVersion: 'v1', kind: 'Service', name: 'all-dead', namespace: 'team' };
    await setDefaults({
      namespaceDefaults: {
        team: { brokerClass: 'Jetmesh', delivery: { retry: 3, deadLetterSink: { ref } } },
      },
    });
    await mesh.createBroker('silent');
    await untilBroker('silent', (broker) =>
      expect(conditionOf(broker, 'DeadLetterSinkResolved')).toMatchObject({ status: 'False' }),
    );
    await mesh.createService('team/all-dead');
    const silent = await mesh.readyBroker('silent');
    expect(silent.status).toMatchObject({
      deadLetterSinkUri: 'http://all-dead.team.svc.cluster.local',
      annotations: {
        'jetmesh.dev/default-delivery': JSON.stringify({ deadLetterSink: { ref }, retry: 3 }),
      },
    });
    await mesh.createTrigger('inheriting', { broker: 'silent' });
    const { status } = await mesh.readyTrigger('inheriting');
    expect(status?.deadLetterSinkUri).toBe('http://all-dead.team.svc.cluster.local');

    await mesh.createBroker('stating', { delivery: { retry: 1 } });
    const stating = await mesh.readyBroker('stating');
    expect(stating.status).not.toHaveProperty('deadLetterSinkUri');
    expect(stating.status?.annotations).not.toHaveProperty('jetmesh.dev/default-delivery');
    await mesh.client.delete(serviceKind, 'team/all-dead');
    await untilBroker('silent', (broker) =>
      expect(conditionOf(broker, 'Ready')?.status).toBe('False'),
    );
  });

  it('says which class a Broker gets that states none', async () => {
    await setDefaults({
      clusterDefault: { brokerClass: 'MTChannelBasedBroker' },
      namespaceDefaults: { elsewhere: { brokerClass: 'Jetmesh' } },
    });
    await mesh.createBroker('of-another', {}, {});
    await untilBroker('of-another', ({ metadata }) =>
      expect(metadata.annotations?.[brokerClassAnnotation]).toBe('MTChannelBasedBroker'),
    );
    expect((await mesh.broker('of-another')).status).toBeUndefined();
  });

  it('that cannot be read is named by the Brokers that need it, until it is mended', async () => {
    await createConfigMap('jetmesh-system/config-br-defaults', { 'default-br-config': 'a: [' });
    await mesh.createBroker('needing');
    await mesh.createBroker('stating-all', {
      delivery: { retry: 1 },
      config: { apiVersion: 'v1', kind: 'ConfigMap', name: 'small' },
    });
    await mesh.readyBroker('stating-all');
    await untilBroker('needing', (broker) =>
      expect(conditionOf(broker, 'Ready')).toMatchObject({
        status: 'False',
        reason: 'InvalidConfig',
        message: expect.stringContaining(
          'ConfigMap jetmesh-system/config-br-defaults: default-br-config: ',
        ),
      }),
    );
    await mesh.client.mergePatch(configMapKind, 'jetmesh-system/config-br-defaults', {
      data: { 'default-br-config': '{}' },
    });
    await mesh.readyBroker('needing');
  });
});

describe('spec.config of a Broker', () => {
  it('of a kind that is not ours is tolerated, and said so', async () => {
    await mesh.createBroker('rabbit', {
      config: { apiVersion: 'rabbitmq.com/v1beta1', kind: 'RabbitmqCluster', name: 'r' },
    });
    expect(conditionOf(await mesh.readyBroker('rabbit'), 'TriggerChannelReady')).toMatchObject({
      status: 'True',
      reason: 'ForeignConfig',
      message:
        'spec.config is a RabbitmqCluster of rabbitmq.com/v1beta1, Jetmesh reads a ConfigMap of v1: its defaults hold.',
    });
  });

  it('of a ConfigMap that is not there says so, and heals with it', async () => {
    await mesh.createBroker('early', {
      config: { apiVersion: 'v1', kind: 'ConfigMap', name: 'to-come' },
    });
    await untilHolds(async () =>
      expect(conditionOf(await mesh.broker('early'), 'TriggerChannelReady')).toMatchObject({
        reason: 'InvalidConfig',
        message: 'ConfigMap team/to-come: not found',
      }),
    );
    await createConfigMap('team/to-come', { 'stream.max-bytes': '7Mi' });
    expect(await maxBytesOf(await mesh.readyBroker('early'))).toBe(7 * 1024 ** 2);
  });

  it('is applied in place, field by field, and names the fields that the server keeps', async () => {
    await createConfigMap('team/all', {});
    await mesh.createBroker('tuned', {
      config: { apiVersion: 'v1', kind: 'ConfigMap', name: 'all' },
    });
    const { metadata } = await mesh.readyBroker('tuned');
    const patch = (data: Record<string, string>) =>
      mesh.client.mergePatch(configMapKind, 'team/all', { data });
    await patch({
      'stream.max-bytes': '9Mi',
      'stream.max-age': '48h',
      'stream.duplicate-window': '1m',
    });
    const name = streamName(metadata.uid ?? '');
    await untilHolds(async () => {
      const streams = await mesh.admin.listStreams();
      expect(streams.find((stream) => stream.name === name)).toMatchObject({
        maxBytes: 9 * 1024 ** 2,
        maxAgeMs: 48 * 3_600_000,
      });
    });
    expect(conditionOf(await mesh.readyBroker('tuned'), 'TriggerChannelReady')?.reason).toBe(
      undefined,
    );
    await patch({ 'stream.retention': 'kept' });
    await eventually(async () => {
      const streams = await mesh.admin.listStreams();
      const isKept = streams.find((stream) => stream.name === name)?.retention === 'kept';
      const { reason, message } = conditionOf(await mesh.broker('tuned'), 'TriggerChannelReady')!;
      const isReported = reason === 'ImmutableFields' && message?.includes('retention') === true;
      return isKept !== isReported;
    });
    await patch({ 'stream.retention': 'consumed' });
    await patch({ 'stream.storage': 'memory', 'stream.max-bytes': '10Mi' });
    await untilBroker('tuned', (broker) =>
      expect(conditionOf(broker, 'TriggerChannelReady')).toMatchObject({
        status: 'True',
        reason: 'ImmutableFields',
        message: 'The stream keeps its storage: the server cannot change them in place.',
      }),
    );
    expect(await maxBytesOf(await mesh.broker('tuned'))).toBe(10 * 1024 ** 2);
    await patch({ 'stream.max-bytes': '900000Gi' });
    await untilBroker('tuned', (broker) =>
      expect(conditionOf(broker, 'TriggerChannelReady')).toMatchObject({
        status: 'False',
        reason: 'ChannelFailure',
        message: expect.stringContaining('insufficient storage'),
      }),
    );
  }, 20_000);
});
