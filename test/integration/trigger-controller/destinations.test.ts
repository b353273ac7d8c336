import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  brokerKind,
  conditionOf,
  customResourceDefinitionKind,
  serviceKind,
  triggerKind,
  type KubernetesObject,
  type ResourceKind,
  type Trigger,
} from '@jetmesh/eventing-api';
import { eventually } from '../../support/eventually.ts';
import { ControllerMesh } from './controller-mesh.ts';
import { publishEvent } from './publish-event.ts';
import { StandInDispatcher } from './stand-in-dispatcher.ts';

let mesh: ControllerMesh;
let dispatcher: StandInDispatcher;

const sinkKind: ResourceKind = {
  group: 'example.com',
  version: 'v1',
  kind: 'Sink',
  plural: 'sinks',
  isNamespaced: true,
};

/** An Addressable that nobody here knows. */
const sinkDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'sinks.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Sink', listKind: 'SinkList', plural: 'sinks', singular: 'sink' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
            },
          },
        },
      },
    ],
  },
} as KubernetesObject;

beforeAll(async () => {
  mesh = await ControllerMesh.start();
  await mesh.client.create(customResourceDefinitionKind, sinkDefinition);
  await mesh.startController();
  dispatcher = new StandInDispatcher(mesh.client, mesh.connection);
  await mesh.createBroker('default');
  await mesh.readyBroker('default');
}, 30_000);
afterAll(async () => {
  await dispatcher.stop();
  await mesh.stop();
});

function createSink(name: string, status: object): Promise<KubernetesObject> {
  const metadata = { name, namespace: 'team' };
  return mesh.client.create(sinkKind, {
    apiVersion: 'example.com/v1',
    kind: 'Sink',
    metadata,
    status,
  } as KubernetesObject);
}

function untilTrigger(name: string, holds: (trigger: Trigger) => boolean): Promise<Trigger> {
  return eventually(async () => {
    const trigger = await mesh.trigger(name);
    if (holds(trigger)) return trigger;
    throw new Error(JSON.stringify(trigger.status));
  });
}

const ref = { apiVersion: 'example.com/v1', kind: 'Sink', name: 'sink' };

describe('a Trigger', () => {
  it('follows any Addressable: its address, the one that ref.address names, certificates and audience', async () => {
    await createSink('sink', {
      address: { url: 'http://first' },
      addresses: [
        { name: 'http', url: 'http://first' },
        { name: 'https', url: 'https://second', CACerts: 'PEM', audience: 'sinks' },
      ],
    });
    await mesh.createTrigger('first', { subscriber: { ref, uri: '/in?a=b' } });
    await mesh.createTrigger('second', { subscriber: { ref: { ...ref, address: 'https' } } });
    expect((await mesh.readyTrigger('first')).status?.subscriberUri).toBe('http://first/in?a=b');
    expect((await mesh.readyTrigger('second')).status).toMatchObject({
      subscriberUri: 'https://second',
      subscriberCACerts: 'PEM',
      subscriberAudience: 'sinks',
    });

    await mesh.client.mergePatch(sinkKind, 'team/sink', {
      status: { addresses: [{ name: 'http', url: 'http://third' }] },
    });
    await untilTrigger('first', ({ status }) => status?.subscriberUri === 'http://third/in?a=b');
    const second = await untilTrigger(
      'second',
      ({ status }) => status?.subscriberUri === undefined,
    );
    expect(conditionOf(second, 'SubscriberResolved')).toMatchObject({
      status: 'False',
      message: 'address "https" not found in addresses of Sink team/sink',
    });
  });

  it.each([
    ['no address', {}, 'address not set for Sink team/x'],
    ['an address without URL', { address: {} }, 'URL missing in address of Sink team/x'],
    [
      'an address without host',
      { address: { url: 'mailto:me' } },
      'hostname missing in address of Sink team/x',
    ],
  ])('with a subscriber that has %s says so', async (_case, status, message) => {
    const name = `sink-${message.length}`;
    await createSink(name, status);
    await mesh.createTrigger(name, { subscriber: { ref: { ...ref, name } } });
    const trigger = await untilTrigger(name, (one) => one.status?.conditions !== undefined);
    expect(conditionOf(trigger, 'SubscriberResolved')?.message).toBe(
      message.replace('/x', `/${name}`),
    );
  });

  it('says which kind is not served, and what it cannot be', async () => {
    await mesh.createTrigger('unserved', {
      subscriber: { ref: { apiVersion: 'example.org/v1', kind: 'Nothing', name: 'x' } },
    });
    const trigger = await untilTrigger('unserved', (one) => one.status?.conditions !== undefined);
    expect(conditionOf(trigger, 'SubscriberResolved')?.message).toBe(
      'failed to get object team/x: no kind "Nothing" in example.org/v1',
    );
  });

  it('uses https for a Service with certificates, its own before those of an address', async () => {
    await mesh.createService('team/secure');
    const CACerts = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
    await mesh.createTrigger('secure', {
      subscriber: {
        ref: { apiVersion: 'v1', kind: 'Service', name: 'secure' },
        CACerts,
        audience: 'me',
      },
    });
    expect((await mesh.readyTrigger('secure')).status).toMatchObject({
      subscriberUri: 'https://secure.team.svc.cluster.local',
      subscriberCACerts: CACerts,
      subscriberAudience: 'me',
    });
  });

  it('delivers what came while its Service was away, and is Ready again with it', async () => {
    await mesh.createService('team/comes-and-goes');
    await mesh.createTrigger('waiting', {
      subscriber: { ref: { apiVersion: 'v1', kind: 'Service', name: 'comes-and-goes' } },
      filter: { attributes: { type: 'waiting' } },
    });
    await mesh.readyTrigger('waiting');
    await mesh.client.delete(serviceKind, 'team/comes-and-goes');
    const gone = await untilTrigger(
      'waiting',
      (one) => conditionOf(one, 'Ready')?.status === 'False',
    );
    expect(conditionOf(gone, 'SubscriptionReady')?.reason).toBe('SubscriberNotResolved');
    const { metadata } = await mesh.broker('default');
    await publishEvent(mesh.connection, metadata.uid ?? '', { type: 'waiting', text: 'kept' });
    await mesh.createService('team/comes-and-goes');
    await mesh.readyTrigger('waiting');
    await eventually(() => dispatcher.deliveries.some(({ text }) => text === 'kept'));
  });

  it('follows a Broker that is made again under its name, with a consumer on the new stream', async () => {
    await mesh.createBroker('again');
    await mesh.createTrigger('faithful', { broker: 'again' });
    const first = await mesh.readyTrigger('faithful');
    await mesh.client.delete(brokerKind, 'team/again');
    await eventually(async () => (await mesh.client.get(brokerKind, 'team/again')) === undefined);
    await untilTrigger(
      'faithful',
      (one) => conditionOf(one, 'BrokerReady')?.reason === 'BrokerDoesNotExist',
    );
    await mesh.createBroker('again');
    const { metadata } = await mesh.readyBroker('again');
    const second = await mesh.readyTrigger('faithful');
    const streamOf = ({ status }: Trigger) => status?.annotations?.['jetmesh.dev/stream'];
    expect(streamOf(second)).not.toBe(streamOf(first));
    await publishEvent(mesh.connection, metadata.uid ?? '', { type: 'x', text: 'again' });
    await eventually(() => dispatcher.deliveries.some(({ text }) => text === 'again'));
  }, 20_000);

  it.each([
    ['no JSON', 'not a JSON object: no JSON'],
    ['{"kind":"Broker","name":"x"}', 'apiVersion, kind and name are needed'],
    [
      '{"apiVersion":"v1","kind":"Service","name":"x","namespace":"other"}',
      'Namespace must be empty or equal to the trigger namespace "team", it is "other"',
    ],
  ])('with the dependency %s says what is wrong with it', async (annotation, message) => {
    const name = `dependent-${annotation.length}`;
    await mesh.createTrigger(name, {}, { 'knative.dev/dependency': annotation });
    const trigger = await untilTrigger(name, (one) => one.status?.conditions !== undefined);
    expect(conditionOf(trigger, 'DependencyReady')).toMatchObject({
      status: 'False',
      reason: 'ReferenceError',
      message: expect.stringContaining(message),
    });
    await mesh.client.delete(triggerKind, `team/${name}`);
  });
});
