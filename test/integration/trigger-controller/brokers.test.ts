import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  brokerClassAnnotation,
  brokerKind,
  conditionOf,
  configMapKind,
  eventKind,
  namespaceKind,
  type Broker,
  type ConfigMap,
  type KubernetesObject,
} from '@jetmesh/eventing-api';
import { deadLetterStreamName, streamName } from '@jetmesh/jetstream';
import { eventually } from '../../support/eventually.ts';
import { untilHolds } from '../../support/until-holds.ts';
import { ControllerMesh } from './controller-mesh.ts';

let mesh: ControllerMesh;

beforeAll(async () => {
  mesh = await ControllerMesh.start();
  await mesh.startController();
}, 30_000);
afterAll(() => mesh.stop());

function streamNames(): Promise<string[]> {
  return mesh.admin.listStreams().then((streams) => streams.map(({ name }) => name));
}

describe('a Broker', () => {
  it('gets an address, a stream and a stream for dead letters, and becomes Ready', async () => {
    await mesh.createBroker('plain');
    const { metadata, status } = await mesh.readyBroker('plain');
    const uid = metadata.uid ?? '';
    expect(status).toMatchObject({
      address: { url: 'http://ingress/team/plain' },
      addresses: [{ url: 'http://ingress/team/plain' }],
      annotations: { 'jetmesh.dev/stream': streamName(uid) },
    });
    expect(await streamNames()).toEqual(
      expect.arrayContaining([streamName(uid), deadLetterStreamName(uid)]),
    );
  });

  it('without a class is adopted', async () => {
    await mesh.createBroker('unclassed', {}, {});
    const { metadata } = await mesh.readyBroker('unclassed');
    expect(metadata.annotations?.[brokerClassAnnotation]).toBe('Jetmesh');
  });

  it('of another class is not touched', async () => {
    const { metadata } = await mesh.createBroker(
      'foreign',
      {},
      { [brokerClassAnnotation]: 'Kafka' },
    );
    await mesh.createBroker('afterwards');
    await mesh.readyBroker('afterwards');
    const later = await mesh.broker('foreign');
    expect(later.metadata.resourceVersion).toBe(metadata.resourceVersion);
    expect(await streamNames()).not.toContain(streamName(metadata.uid ?? ''));
  });

  it('resolves its dead letter sink, and is Ready again as soon as the Service exists', async () => {
    const ref = { apiVersion: 'v1', kind: 'Service', name: 'dead' };
    await mesh.createBroker('with-sink', { delivery: { deadLetterSink: { ref } } });
    await untilHolds(async () =>
      expect(conditionOf(await mesh.broker('with-sink'), 'Ready')).toMatchObject({
        status: 'False',
        reason: "Unable to get the dead letter sink's URI",
        message: 'failed to get object team/dead: Service "dead" not found',
      }),
    );
    await mesh.createService('team/dead');
    const { status } = await mesh.readyBroker('with-sink');
    expect(status?.deadLetterSinkUri).toBe('http://dead.team.svc.cluster.local');
  });

  it('takes the settings of its stream from a ConfigMap, and says what is wrong there', async () => {
    const configMap = (data: Record<string, string>): ConfigMap => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'team' },
      data,
    });
    await mesh.client.create(configMapKind, configMap({ 'stream.max-bytes': 'plenty' }));
    await mesh.createBroker('configured', {
      config: { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings' },
    });
    await untilHolds(async () =>
      expect(conditionOf(await mesh.broker('configured'), 'TriggerChannelReady')).toMatchObject({
        status: 'False',
        reason: 'InvalidConfig',
        message: expect.stringContaining('stream.max-bytes'),
      }),
    );
    const data = { 'stream.max-bytes': '10Mi', 'stream.retention': 'kept', other: 'x' };
    await mesh.client.mergePatch(configMapKind, 'team/settings', configMap(data));
    const { metadata } = await mesh.readyBroker('configured');
    const streams = await mesh.admin.listStreams();
    expect(streams.find(({ name }) => name === streamName(metadata.uid ?? ''))).toMatchObject({
      maxBytes: 10 * 1024 ** 2,
      retention: 'kept',
    });
    await mesh.client.mergePatch(configMapKind, 'team/settings', {
      data: { 'stream.storage': 'memory' },
    });
    await untilHolds(async () =>
      expect(conditionOf(await mesh.broker('configured'), 'TriggerChannelReady')).toMatchObject({
        status: 'True',
        reason: 'ImmutableFields',
        message: expect.stringContaining('storage'),
      }),
    );
  });

  it('leaves no stream behind when it is deleted', async () => {
    await mesh.createBroker('short-lived');
    const { metadata } = await mesh.readyBroker('short-lived');
    await mesh.client.delete(brokerKind, 'team/short-lived');
    await untilHolds(async () => {
      const names = await streamNames();
      expect(names).not.toContain(streamName(metadata.uid ?? ''));
      expect(names).not.toContain(deadLetterStreamName(metadata.uid ?? ''));
    });
  });

  it('gets its stream again when that was removed behind its back', async () => {
    await mesh.createBroker('robbed');
    const { metadata } = await mesh.readyBroker('robbed');
    await mesh.admin.deleteStream(streamName(metadata.uid ?? ''));
    await untilHolds(async () =>
      expect(await streamNames()).toContain(streamName(metadata.uid ?? '')),
    );
  });

  it('has its changes of readiness recorded as Kubernetes events', async () => {
    await mesh.createBroker('recorded');
    await mesh.readyBroker('recorded');
    await untilHolds(async () => {
      const { items } = await mesh.client.list<KubernetesObject>(eventKind, { namespace: 'team' });
      expect(items).toContainEqual(
        expect.objectContaining({
          type: 'Normal',
          reason: 'Ready',
          involvedObject: expect.objectContaining({ kind: 'Broker', name: 'recorded' }),
        }),
      );
    });
  });
});

describe('a labelled Namespace', () => {
  it.each(['knative-eventing-injection', 'eventing.knative.dev/injection'])(
    'with %s gets a Broker "default", again after its deletion',
    async (label) => {
      const name = label.startsWith('knative') ? 'labelled-one' : 'labelled-two';
      await mesh.createNamespace(name);
      await mesh.client.mergePatch(namespaceKind, name, {
        metadata: { labels: { [label]: 'enabled' } },
      });
      const key = `${name}/default`;
      const injected = () => mesh.client.get<Broker>(brokerKind, key);
      const first = (await eventually(injected))!;
      expect(first.metadata).toMatchObject({
        labels: { 'eventing.knative.dev/injected': 'true' },
        annotations: { [brokerClassAnnotation]: 'Jetmesh' },
      });
      await mesh.client.delete(brokerKind, key);
      await eventually(async () => {
        const second = await mesh.client.get<Broker>(brokerKind, key);
        return second !== undefined && second.metadata.uid !== first.metadata.uid;
      });
    },
  );
});
