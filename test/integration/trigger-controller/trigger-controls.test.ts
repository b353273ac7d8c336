import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  conditionOf,
  configMapKind,
  isReady,
  triggerKind,
  type Broker,
  type Condition,
  type ConfigMap,
} from '@jetmesh/eventing-api';
import { eventually } from '../../support/eventually.ts';
import { ControllerMesh } from './controller-mesh.ts';
import { publishEvent } from './publish-event.ts';
import { StandInDispatcher } from './stand-in-dispatcher.ts';

let mesh: ControllerMesh;
let dispatcher: StandInDispatcher;
let broker: Broker;
let keeping: Broker;

beforeAll(async () => {
  mesh = await ControllerMesh.start();
  await mesh.startController();
  await mesh.client.create<ConfigMap>(configMapKind, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'keeping', namespace: 'team' },
    data: { 'stream.retention': 'kept', 'stream.max-bytes': '16Mi' },
  });
  await mesh.createBroker('default');
  await mesh.createBroker('keeping', {
    config: { apiVersion: 'v1', kind: 'ConfigMap', name: 'keeping' },
  });
  broker = await mesh.readyBroker('default');
  keeping = await mesh.readyBroker('keeping');
}, 30_000);
afterAll(async () => {
  await dispatcher.stop();
  await mesh.stop();
});

function annotate(trigger: string, annotations: Record<string, string | null>): Promise<unknown> {
  return mesh.client.mergePatch(triggerKind, `team/${trigger}`, { metadata: { annotations } });
}

function untilSubscription(trigger: string, expected: Partial<Condition>): Promise<void> {
  return eventually(async () => {
    const object = await mesh.trigger(trigger);
    expect(conditionOf(object, 'SubscriptionReady')).toMatchObject(expected);
    expect(isReady(object)).toBe(expected.status === 'True');
    return true;
  }).then(() => undefined);
}

function textsFor(trigger: string): string[] {
  return dispatcher.deliveries
    .filter((delivery) => delivery.trigger === `team/${trigger}`)
    .map(({ text }) => text);
}

describe('annotations of a Trigger', () => {
  it('that are wrong are named in a condition, and right ones end it', async () => {
    await mesh.createTrigger('wrong', {}, { 'jetmesh.dev/max-in-flight': 'many' });
    await untilSubscription('wrong', {
      status: 'False',
      reason: 'InvalidAnnotation',
      message:
        'metadata.annotations["jetmesh.dev/max-in-flight"]: must be a whole number from 1, not "many"',
    });
    await annotate('wrong', { 'jetmesh.dev/max-in-flight': '7', 'jetmesh.dev/paused': 'true' });
    await untilSubscription('wrong', { status: 'True', reason: 'Paused' });
  });

  it('that pause it leave it Ready without any dispatcher, which it needs afterwards', async () => {
    await mesh.createTrigger('paused', {}, { 'jetmesh.dev/paused': 'true' });
    await untilSubscription('paused', { status: 'True', reason: 'Paused' });
    await annotate('paused', { 'jetmesh.dev/paused': null });
    await untilSubscription('paused', { status: 'Unknown', reason: 'NotSubscribed' });
    dispatcher = new StandInDispatcher(mesh.client, mesh.connection);
    await untilSubscription('paused', { status: 'True' });
  });

  it.each([
    ['beginning', ['one', 'two', 'three']],
    ['sequence:2', ['two', 'three']],
    ['2020-01-01T00:00:00Z', ['one', 'two', 'three']],
    ['2120-01-01T00:00:00Z', []],
    ['new', []],
  ])('start it from %s where events are kept', async (startFrom, expected) => {
    const type = 'history';
    const uid = keeping.metadata.uid ?? '';
    const stream = keeping.status?.annotations?.['jetmesh.dev/stream'] ?? '';
    if ((await mesh.admin.streamState(stream))?.messages === 0) {
      for (const text of ['one', 'two', 'three']) {
        await publishEvent(mesh.connection, uid, { type, text });
      }
    }
    const name = `from-${startFrom.toLowerCase().replaceAll(':', '-')}`;
    await mesh.createTrigger(name, { broker: 'keeping' }, { 'jetmesh.dev/start-from': startFrom });
    const ready = await mesh.readyTrigger(name);
    expect(conditionOf(ready, 'SubscriptionReady')?.reason ?? '').toBe('');
    await eventually(() => textsFor(name).length === expected.length);
    expect(textsFor(name)).toEqual(expected);
  });

  it('that want a history say when none is kept', async () => {
    expect(broker.status?.annotations).toHaveProperty(['jetmesh.dev/stream']);
    await mesh.createTrigger('no-history', {}, { 'jetmesh.dev/start-from': 'beginning' });
    await untilSubscription('no-history', { status: 'True', reason: 'HistoryNotKept' });
  });
});
