import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  brokerKind,
  conditionOf,
  eventKind,
  jetmeshAnnotations,
  namespaceKind,
  triggerKind,
  type Broker,
  type KubernetesObject,
} from '@jetmesh/eventing-api';
import {
  deadLetterStreamConfig,
  deadLetterStreamName,
  defaultStreamSettings,
  Outbox,
  streamName,
} from '@jetmesh/jetstream';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { untilHolds } from '../../support/until-holds.ts';
import { ControllerMesh } from './controller-mesh.ts';
import { publishEvent } from './publish-event.ts';
import { StandInDispatcher } from './stand-in-dispatcher.ts';

let mesh: ControllerMesh;
let dispatcher: StandInDispatcher;

beforeAll(async () => {
  mesh = await ControllerMesh.start();
  await mesh.startController();
  dispatcher = new StandInDispatcher(mesh.client, mesh.connection);
}, 30_000);
afterAll(async () => {
  await dispatcher.stop();
  await mesh.stop();
});

/** A Broker with a Trigger that has taken one event and not settled it. */
async function owingBroker(name: string): Promise<Broker> {
  await mesh.createBroker(name);
  const broker = await mesh.readyBroker(name);
  await mesh.createTrigger(`of-${name}`, { broker: name });
  await mesh.readyTrigger(`of-${name}`);
  dispatcher.isHolding = true;
  await publishEvent(mesh.connection, broker.metadata.uid ?? '', { type: 't', text: name });
  await eventually(() => dispatcher.deliveries.some(({ text }) => text === name));
  return broker;
}

/** Puts one event into the dead-letter stream of a Broker. */
async function parkOne(brokerUid: string): Promise<void> {
  const outbox = new Outbox(mesh.connection, {
    maxOutstandingCount: 10,
    maxOutstandingBytes: 1_000,
    deadlineMs: 5_000,
  });
  const [subjects = ''] = deadLetterStreamConfig(brokerUid, defaultStreamSettings).subjects;
  const event = { headers: [], data: Buffer.from('x'), messageId: 'x' };
  const outcome = await outbox.publish({ subject: subjects.replace(/[>*]$/, 'x'), ...event });
  await outbox.close();
  expect(outcome.kind).toBe('stored');
}

function brokerOrGone(key: string): Promise<Broker | undefined> {
  return mesh.client.get<Broker>(brokerKind, key);
}

async function streamsOf({ metadata }: Broker): Promise<string[]> {
  const names = (await mesh.admin.listStreams()).map(({ name }) => name);
  const uid = metadata.uid ?? '';
  return names.filter((name) => [streamName(uid), deadLetterStreamName(uid)].includes(name));
}

async function untilUndelivered(name: string, message: string): Promise<void> {
  await untilHolds(async () =>
    expect(conditionOf(await mesh.broker(name), 'Ready')).toMatchObject({
      status: 'False',
      reason: 'UndeliveredEvents',
      message: expect.stringContaining(message),
    }),
  );
}

async function untilEvent(namespace: string, expected: object): Promise<void> {
  await untilHolds(async () => {
    const { items } = await mesh.client.list<KubernetesObject>(eventKind, { namespace });
    expect(items).toContainEqual(expect.objectContaining(expected));
  });
}

describe('a Broker that is deleted', () => {
  it('waits for what its Triggers owe, says so, and goes when it is delivered', async () => {
    const broker = await owingBroker('owing');
    await mesh.client.delete(brokerKind, 'team/owing');
    await untilUndelivered(
      'owing',
      'The deletion waits for 1 delivery of team/of-owing. Annotate the Broker with jetmesh.dev/force-delete=true to give them up.',
    );
    await untilEvent('team', {
      type: 'Warning',
      reason: 'NotReady',
      message: expect.stringContaining('UndeliveredEvents: The deletion waits for 1 delivery'),
    });
    expect(conditionOf(await mesh.broker('owing'), 'IngressReady')).toMatchObject({
      status: 'False',
      reason: 'BrokerDeleted',
      message: 'The Broker is being deleted and takes no new event.',
    });
    await eventually(async () => {
      const condition = conditionOf(await mesh.trigger('of-owing'), 'BrokerReady');
      return condition?.reason === 'UndeliveredEvents';
    });
    await delay(2_500);
    expect(await streamsOf(broker)).toHaveLength(2);

    await mesh.client.delete(triggerKind, 'team/of-owing');
    await eventually(async () => (await brokerOrGone('team/owing')) === undefined);
    expect(await streamsOf(broker)).toEqual([]);
  }, 30_000);

  it('waits for parked events too', async () => {
    await mesh.createBroker('parking');
    const broker = await mesh.readyBroker('parking');
    const uid = broker.metadata.uid ?? '';
    await parkOne(uid);
    await mesh.client.delete(brokerKind, 'team/parking');
    await untilUndelivered('parking', 'The deletion waits for 1 parked event.');
    await mesh.admin.purgeUpTo(deadLetterStreamName(uid), 1);
    await eventually(async () => (await brokerOrGone('team/parking')) === undefined);
  }, 30_000);

  it('is deleted at once when that is forced, before or while it waits, and tells what went with it', async () => {
    const broker = await owingBroker('forced');
    await mesh.client.delete(brokerKind, 'team/forced');
    await untilUndelivered('forced', '1 delivery of team/of-forced');
    await mesh.client.mergePatch(brokerKind, 'team/forced', {
      metadata: { annotations: { [jetmeshAnnotations.forceDelete]: 'true' } },
    });
    await eventually(async () => (await brokerOrGone('team/forced')) === undefined);
    expect(await streamsOf(broker)).toEqual([]);
    await untilEvent('team', {
      type: 'Warning',
      reason: 'EventsDiscarded',
      message:
        'Broker team/forced is deleted (forced) and takes with it: 1 delivery of team/of-forced.',
    });
  }, 30_000);

  it('with nothing to deliver goes by itself, told first that it goes', async () => {
    await mesh.createBroker('idle');
    await mesh.readyBroker('idle');
    await mesh.client.delete(brokerKind, 'team/idle');
    await untilHolds(async () =>
      expect(conditionOf(await mesh.broker('idle'), 'Ready')).toMatchObject({
        reason: 'BrokerDeleted',
        message: 'The Broker goes once its senders know of its deletion.',
      }),
    );
    await eventually(async () => (await brokerOrGone('team/idle')) === undefined);
  });

  it('does not hold up the end of its Namespace, which carries the Kubernetes event', async () => {
    await mesh.createNamespace('ending');
    const key = 'ending/default';
    await mesh.client.create<Broker>(brokerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Broker',
      metadata: {
        name: 'default',
        namespace: 'ending',
        annotations: { 'eventing.knative.dev/broker.class': 'Jetmesh' },
        finalizers: ['example.com/held'],
      },
    });
    const broker = await eventually(async () => {
      const found = await brokerOrGone(key);
      return conditionOf(found!, 'Ready')?.status === 'True' ? found : undefined;
    });
    const uid = broker?.metadata.uid ?? '';
    await parkOne(uid);
    await mesh.client.delete(namespaceKind, 'ending');
    await untilEvent('default', {
      type: 'Warning',
      reason: 'EventsDiscarded',
      message:
        'Broker ending/default is deleted (namespace-ends) and takes with it: 1 parked event.',
      involvedObject: expect.objectContaining({ kind: 'Namespace', name: 'ending' }),
    });
    await eventually(async () => (await streamsOf(broker!)).length === 0);
    await mesh.client.mergePatch(brokerKind, key, { metadata: { finalizers: null } });
    await eventually(async () => (await mesh.client.get(namespaceKind, 'ending')) === undefined);
  }, 30_000);

  it('is deleted by force also while JetStream is away', async () => {
    const other = await ControllerMesh.start();
    try {
      await other.startController();
      await other.createBroker(
        'cut-off',
        {},
        {
          'eventing.knative.dev/broker.class': 'Jetmesh',
          [jetmeshAnnotations.forceDelete]: 'true',
        },
      );
      await other.readyBroker('cut-off');
      await other.nats.kill();
      await other.client.delete(brokerKind, 'team/cut-off');
      await eventually(
        async () => (await other.client.get(brokerKind, 'team/cut-off')) === undefined,
        { timeoutMs: 25_000 },
      );
      await untilHolds(async () => {
        const { items } = await other.client.list<KubernetesObject>(eventKind, {
          namespace: 'team',
        });
        expect(items).toContainEqual(
          expect.objectContaining({
            message: expect.stringContaining('events that cannot be counted'),
          }),
        );
      });
      await other.nats.restart();
      await eventually(async () => (await other.admin.listStreams()).length === 0, {
        timeoutMs: 20_000,
      });
    } finally {
      await other.stop();
    }
  }, 90_000);
});
