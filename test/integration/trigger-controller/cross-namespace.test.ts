import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readDispatcherConfig, startDispatcher, type RunningDispatcher } from '@jetmesh/broker';
import {
  admissionPolicies,
  admissionPolicyBindingKind,
  admissionPolicyKind,
  conditionOf,
  isReady,
  triggerKind,
  type Broker,
  type Trigger,
  type TriggerSpec,
} from '@jetmesh/eventing-api';
import { deadLetterStreamName } from '@jetmesh/jetstream';
import { eventually } from '../../support/eventually.ts';
import {
  startRecordingSubscriber,
  type RecordingSubscriber,
} from '../../support/recording-subscriber.ts';
import { ControllerMesh } from './controller-mesh.ts';
import { publishEvent } from './publish-event.ts';

const stopping = new AbortController();
let mesh: ControllerMesh;
let dispatcher: RunningDispatcher;
let subscriber: RecordingSubscriber;
let broker: Broker;

beforeAll(async () => {
  mesh = await ControllerMesh.start();
  for (const { policy, binding } of admissionPolicies) {
    await mesh.client.create(admissionPolicyKind, policy);
    await mesh.client.create(admissionPolicyBindingKind, binding);
  }
  await mesh.createNamespace('follower');
  await mesh.startController({ CROSS_NAMESPACE_EVENT_LINKS: 'true' });
  const env = {
    NATS_SERVERS: mesh.nats.url,
    KUBECONFIG: mesh.kubeconfig,
    ADMIN_HOST: '127.0.0.1',
    ADMIN_PORT: '0',
    LOG_LEVEL: 'error',
  };
  dispatcher = await startDispatcher(readDispatcherConfig(env), stopping.signal);
  subscriber = await startRecordingSubscriber();
  await mesh.createBroker('bus');
  broker = await mesh.readyBroker('bus');
}, 30_000);
afterAll(async () => {
  stopping.abort();
  await dispatcher.stop();
  await subscriber.close();
  await mesh.stop();
});

function follow(client: ControllerMesh['client'], name: string, spec: Partial<TriggerSpec> = {}) {
  return client.create<Trigger>(triggerKind, {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name, namespace: 'follower' },
    spec: {
      brokerRef: {
        apiVersion: 'eventing.knative.dev/v1',
        kind: 'Broker',
        name: 'bus',
        namespace: 'team',
      },
      subscriber: { uri: subscriber.url },
      ...spec,
    },
  });
}

function untilTrigger(
  { client }: ControllerMesh,
  name: string,
  holds: (trigger: Trigger) => boolean,
): Promise<Trigger> {
  return eventually(async () => {
    const trigger = await client.get<Trigger>(triggerKind, `follower/${name}`);
    if (trigger !== undefined && holds(trigger)) return trigger;
    throw new Error(`It is ${JSON.stringify(trigger?.status)}`);
  });
}

describe('a Trigger with a brokerRef to another Namespace', () => {
  it('delivers the events of that Broker, as its own Namespace', async () => {
    await follow(mesh.client, 'allowed', { filter: { attributes: { type: 'wanted' } } });
    const { metadata } = await untilTrigger(mesh, 'allowed', isReady);
    await publishEvent(mesh.connection, broker.metadata.uid ?? '', { type: 'wanted', text: 'one' });
    await eventually(() => subscriber.received.length === 1);
    expect(subscriber.received[0]?.headers).toMatchObject({ 'kn-namespace': 'follower' });
    expect(metadata.labels?.['eventing.knative.dev/broker'] ?? 'bus').toBe('bus');
  });

  it('parks what it cannot deliver with the Broker, under the Broker’s name', async () => {
    const uri = `${subscriber.url}/nobody`;
    subscriber.answerWith(400);
    await follow(mesh.client, 'parking', {
      subscriber: { uri },
      filter: { attributes: { type: 'parked' } },
    });
    await untilTrigger(mesh, 'parking', isReady);
    await publishEvent(mesh.connection, broker.metadata.uid ?? '', { type: 'parked', text: 'two' });
    const parked = await eventually(() =>
      mesh.admin.readMessage(deadLetterStreamName(broker.metadata.uid ?? ''), 1),
    );
    const headers = parked?.headers ?? [];
    const valueOf = (name: string) => headers[headers.indexOf(name) + 1];
    expect(valueOf('Jetmesh-Broker')).toBe('team/bus');
    expect(valueOf('Jetmesh-Trigger')).toBe('follower/parking');
  });

  it('follows the Broker’s readiness across the Namespaces', async () => {
    const brokerRef = { name: 'to-come', namespace: 'team' };
    await follow(mesh.client, 'early', { brokerRef });
    const missing = await untilTrigger(
      mesh,
      'early',
      (trigger) => conditionOf(trigger, 'Ready')?.status === 'False',
    );
    expect(conditionOf(missing, 'Ready')).toMatchObject({
      reason: 'BrokerDoesNotExist',
      message: 'Broker "to-come" does not exist',
    });
    await mesh.createBroker('to-come');
    await untilTrigger(mesh, 'early', isReady);
  });

  it('is refused by a condition where that is not switched on, and gets no consumer', async () => {
    const other = await ControllerMesh.start();
    try {
      await other.createNamespace('follower');
      await other.startController();
      await other.createBroker('bus');
      const { status } = await other.readyBroker('bus');
      await follow(other.client, 'refused');
      const trigger = await untilTrigger(
        other,
        'refused',
        (one) => conditionOf(one, 'Ready')?.status === 'False',
      );
      expect(conditionOf(trigger, 'BrokerReady')).toMatchObject({
        reason: 'CrossNamespaceBrokerRef',
        message:
          'must not set the field(s): spec.brokerRef.namespace, a Trigger follows a Broker of its own Namespace, not of "team"',
      });
      const stream = status?.annotations?.['jetmesh.dev/stream'] ?? '';
      expect(await other.admin.listConsumers(stream)).toEqual([]);
    } finally {
      await other.stop();
    }
  }, 30_000);

  it('cannot be switched on without the policy that asks who may', async () => {
    const other = await ControllerMesh.start();
    try {
      await expect(
        other.startController({ CROSS_NAMESPACE_EVENT_LINKS: 'true' }),
      ).rejects.toMatchObject({ code: 'link_policy_missing' });
    } finally {
      await other.stop();
    }
  }, 30_000);
});
