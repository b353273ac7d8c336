import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  brokerKind,
  conditionOf,
  isReady,
  serviceKind,
  triggerDrainAnnotations,
  triggerKind,
  type Broker,
  type Condition,
  type Trigger,
} from '@jetmesh/eventing-api';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { ControllerMesh } from './controller-mesh.ts';
import { publishEvent } from './publish-event.ts';
import { StandInDispatcher } from './stand-in-dispatcher.ts';

let mesh: ControllerMesh;
let dispatcher: StandInDispatcher;
let broker: Broker;

beforeAll(async () => {
  mesh = await ControllerMesh.start();
  await mesh.startController();
  dispatcher = new StandInDispatcher(mesh.client, mesh.connection);
  await mesh.createBroker('default');
  broker = await mesh.readyBroker('default');
}, 30_000);
afterAll(async () => {
  await dispatcher.stop();
  await mesh.stop();
});

function publish(type: string, text: string): Promise<void> {
  return publishEvent(mesh.connection, broker.metadata.uid ?? '', { type, text });
}

function textsFor(trigger: string): string[] {
  return dispatcher.deliveries
    .filter((delivery) => delivery.trigger === `team/${trigger}`)
    .map(({ text }) => text);
}

function placeOf(trigger: Trigger): { stream: string; consumer: string } {
  const annotations = trigger.status?.annotations ?? {};
  return {
    stream: annotations['jetmesh.dev/stream'] ?? '',
    consumer: annotations['jetmesh.dev/consumer'] ?? '',
  };
}

async function consumersOf({ metadata }: Trigger): Promise<string[]> {
  const stream = broker.status?.annotations?.['jetmesh.dev/stream'] ?? '';
  const consumers = await mesh.admin.listConsumers(stream);
  return consumers.map(({ name }) => name).filter((name) => name.includes(metadata.uid ?? '-'));
}

function untilCondition(
  trigger: string,
  type: string,
  expected: Partial<Condition>,
): Promise<Trigger> {
  return eventually(async () => {
    const object = await mesh.trigger(trigger);
    expect(conditionOf(object, type)).toMatchObject(expected);
    return object;
  });
}

function patchSpec(trigger: string, spec: object): Promise<unknown> {
  return mesh.client.mergePatch(triggerKind, `team/${trigger}`, { spec });
}

describe('a Trigger', () => {
  it('becomes Ready with consumer and subscriber in its status, and gets the events from then on', async () => {
    await mesh.createTrigger('plain', { filter: { attributes: { type: 'plain' } } });
    const ready = await mesh.readyTrigger('plain');
    await publish('plain', 'one');
    await publish('other', 'two');
    await eventually(() => textsFor('plain').length === 1);
    expect(textsFor('plain')).toEqual(['one']);
    expect(ready.status?.subscriberUri).toBe('http://receiver');
    const { stream, consumer } = placeOf(ready);
    expect(await mesh.admin.consumerState(stream, consumer)).toBeDefined();
  });

  it('gets the label of its Broker', async () => {
    await mesh.createTrigger('labelled');
    await eventually(async () => {
      const { metadata } = await mesh.trigger('labelled');
      return metadata.labels?.['eventing.knative.dev/broker'] === 'default';
    });
  });

  it('is not Ready without its Broker, and as soon as that is there', async () => {
    await mesh.createTrigger('early', { broker: 'late' });
    await untilCondition('early', 'Ready', {
      status: 'False',
      reason: 'BrokerDoesNotExist',
      message: 'Broker "late" does not exist',
    });
    await mesh.createBroker('late');
    await mesh.readyTrigger('early');
    await mesh.client.delete(brokerKind, 'team/late');
    const orphan = await untilCondition('early', 'Ready', { reason: 'BrokerDoesNotExist' });
    expect(orphan.status).not.toHaveProperty('annotations');
  });

  it('follows its subscriber’s Service: Ready when it exists, without address when it is gone', async () => {
    const ref = { apiVersion: 'v1', kind: 'Service', name: 'receiver' };
    await mesh.createTrigger('by-ref', {
      subscriber: { ref },
      filter: { attributes: { type: 'by-ref' } },
    });
    const waiting = await untilCondition('by-ref', 'SubscriberResolved', {
      status: 'False',
      reason: "Unable to get the Subscriber's URI",
      message: 'failed to get object team/receiver: Service "receiver" not found',
    });
    expect(await consumersOf(waiting)).toEqual([]);
    await mesh.createService('team/receiver');
    const { status } = await mesh.readyTrigger('by-ref');
    expect(status?.subscriberUri).toBe('http://receiver.team.svc.cluster.local');

    await mesh.client.delete(serviceKind, 'team/receiver');
    const emptied = await untilCondition('by-ref', 'Ready', { status: 'False' });
    expect(emptied.status).not.toHaveProperty('subscriberUri');
    await publish('by-ref', 'kept');
    await mesh.createService('team/receiver');
    await mesh.readyTrigger('by-ref');
    await eventually(() => textsFor('by-ref').length === 1);
  });

  it('can have any Addressable as subscriber, with a path, and follows its address', async () => {
    const ref = { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'default' };
    await mesh.createTrigger('to-broker', { subscriber: { ref, uri: '/path' } });
    const { status } = await mesh.readyTrigger('to-broker');
    expect(status?.subscriberUri).toBe('http://ingress/path');
  });

  it('takes its own dead letter sink, or the Broker’s when it sets no delivery option', async () => {
    await mesh.createBroker('sinking', {
      delivery: { deadLetterSink: { uri: 'http://of-broker' }, retry: 1 },
    });
    const create = (name: string, delivery?: object) =>
      mesh.createTrigger(name, { broker: 'sinking', ...(delivery && { delivery }) });
    await create('inherits');
    await create('has-own', { deadLetterSink: { uri: 'http://own' } });
    await create('has-none', { retry: 3 });
    const uris = await Promise.all(
      ['inherits', 'has-own', 'has-none'].map(async (name) => {
        const { status } = await mesh.readyTrigger(name);
        return status?.deadLetterSinkUri;
      }),
    );
    expect(uris).toEqual(['http://of-broker', 'http://own', undefined]);
  });

  it('with an invalid filter says where, and has no consumer', async () => {
    const trigger = await mesh.createTrigger('invalid', {
      filters: [{ exact: { type: 'a' } }, { cesql: 'this is not ( an expression' }],
    });
    const { message } = conditionOf(
      await untilCondition('invalid', 'SubscriptionReady', { reason: 'InvalidFilter' }),
      'Ready',
    ) ?? { message: '' };
    expect(message).toContain('spec.filters[1].cesql');
    expect(await consumersOf(trigger)).toEqual([]);
  });

  it('with a dependency is Ready only when that is', async () => {
    const dependency = JSON.stringify({
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Broker',
      name: 'needed',
    });
    await mesh.createTrigger('dependent', {}, { 'knative.dev/dependency': dependency });
    await untilCondition('dependent', 'Ready', { reason: 'DependencyDoesNotExist' });
    await mesh.createBroker('needed');
    await mesh.readyTrigger('dependent');
  });

  it('changes its filter without losing an event of either', async () => {
    await mesh.createTrigger('changing', { filter: { attributes: { type: 'before' } } });
    const first = await mesh.readyTrigger('changing');
    await publish('before', 'b1');
    await eventually(() => textsFor('changing').includes('b1'));
    await patchSpec('changing', { filter: { attributes: { type: 'after' } } });
    const second = await mesh.readyTrigger('changing');
    await publish('after', 'a1');
    await eventually(() => textsFor('changing').includes('a1'));
    expect(textsFor('changing')).toEqual(['b1', 'a1']);
    await eventually(async () => (await consumersOf(second)).length === 1);
    expect(await consumersOf(first)).toEqual([placeOf(second).consumer]);
  });

  it('keeps what a changed filter had yet to deliver', async () => {
    await mesh.createTrigger('backlogged', { filter: { attributes: { type: 'backlog' } } });
    await mesh.readyTrigger('backlogged');
    dispatcher.isHolding = true;
    await publish('backlog', 'unsettled');
    await eventually(() => textsFor('backlogged').includes('unsettled'));
    await patchSpec('backlogged', { filter: { attributes: { source: 'test', type: 'backlog' } } });
    dispatcher.isHolding = false;
    await mesh.readyTrigger('backlogged');
    const { stream, consumer } = placeOf(await mesh.trigger('backlogged'));
    // A consumer that was changed in place still waits for the settlement; a new one delivers again.
    await eventually(async () =>
      mesh.connection.features.filterUpdates
        ? (await mesh.admin.consumerState(stream, consumer))?.numAckPending === 1
        : textsFor('backlogged').length === 2,
    );
  });

  it('loses its consumer when it is deleted', async () => {
    const trigger = await mesh.createTrigger('short-lived');
    await mesh.readyTrigger('short-lived');
    await mesh.client.delete(triggerKind, 'team/short-lived');
    await eventually(async () => (await consumersOf(trigger)).length === 0);
  });

  it('says when everything is settled that was stored before a drain was asked for', async () => {
    await mesh.createTrigger('drained', { filter: { attributes: { type: 'drained' } } });
    await mesh.readyTrigger('drained');
    await publish('drained', 'last');
    await mesh.client.mergePatch(triggerKind, 'team/drained', {
      metadata: { annotations: { [triggerDrainAnnotations.requested]: 'now' } },
    });
    await eventually(async () => {
      const { status } = await mesh.trigger('drained');
      return status?.annotations?.[triggerDrainAnnotations.drained] === 'now';
    });
    expect(textsFor('drained')).toEqual(['last']);
  });

  it('is written to no more once it is Ready, however often it is looked at', async () => {
    const before = await Promise.all(
      ['plain', 'by-ref', 'changing', 'drained'].map((name) => mesh.readyTrigger(name)),
    );
    const key = 'team/default';
    for (const round of ['one', 'two', 'three']) {
      await mesh.client.mergePatch(brokerKind, key, { metadata: { annotations: { round } } });
      await delay(150);
    }
    for (const { metadata } of before) {
      const after = await mesh.trigger(metadata.name);
      expect(after.metadata.resourceVersion).toBe(metadata.resourceVersion);
    }
  });
});

describe('a Trigger that no dispatcher pulls for', () => {
  it('has its consumer, but is Ready only once one does', async () => {
    const lonely = await ControllerMesh.start();
    try {
      await lonely.startController();
      await lonely.createBroker('default');
      await lonely.createTrigger('waiting');
      await eventually(async () => (await lonely.trigger('waiting')).status?.annotations);
      await delay(500);
      const waiting = await lonely.trigger('waiting');
      expect(isReady(waiting)).toBe(false);
      expect(conditionOf(waiting, 'SubscriptionReady')).toMatchObject({
        status: 'Unknown',
        reason: 'NotSubscribed',
      });
      const late = new StandInDispatcher(lonely.client, lonely.connection);
      await lonely.readyTrigger('waiting');
      await late.stop();
      await delay(300);
      expect(isReady(await lonely.trigger('waiting'))).toBe(true);
    } finally {
      await lonely.stop();
    }
  }, 30_000);
});
