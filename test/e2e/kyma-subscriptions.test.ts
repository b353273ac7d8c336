import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  httpSourceKind,
  jetmeshAnnotations,
  serviceKind,
  subscriptionKind,
  triggerKind,
  type HttpSource,
  type Service,
  type Subscription,
  type Trigger,
} from '@jetmesh/eventing-api';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { startMeshProcess, type MeshProcess } from '../support/mesh-process.ts';
import { postRaw } from '../support/post-event.ts';
import { createApplication } from '../support/quickstart.ts';
import {
  startRecordingSubscriber,
  type RecordingSubscriber,
} from '../support/recording-subscriber.ts';
import { bindApplication, createSink, createSubscription } from './switch/shop.ts';
import { runJetmesh } from './switch/run-jetmesh.ts';
import { startSlowSubscriber } from './switch/slow-subscriber.ts';

const sink = 'http://subscriber.commerce.svc.cluster.local';
/** kyma.md §7.7 */
const golden = {
  'event-type': 'order.created',
  'event-type-version': 'v1',
  'event-id': '31109198-4d69-4ae0-972d-76117f3748c8',
  'event-time': '2020-01-01T10:00:00Z',
  data: { orderCode: '42' },
};

describe('Kyma’s Subscriptions', () => {
  let mesh: MeshProcess;
  let subscriber: RecordingSubscriber;

  beforeAll(async () => {
    mesh = await startMeshProcess();
    subscriber = await startRecordingSubscriber();
    await createApplication(mesh.client, 'commerce');
    await bindApplication(mesh.client, 'commerce', 'commerce');
    await createSink(mesh.client, 'commerce', subscriber.port);
  }, 120_000);
  afterEach(() => {
    subscriber.received.length = 0;
    subscriber.answerWith(200);
  });
  afterAll(async () => {
    await subscriber.close();
    await mesh.stop();
  }, 60_000);

  const create = async (name: string, spec: Record<string, unknown>) => {
    await createSubscription(mesh.client, { name, namespace: 'commerce', spec });
    await untilReady(name, true);
  };
  const untilReady = (name: string, isReady: boolean) =>
    eventually(
      async () => {
        const key = `commerce/${name}`;
        const found = await mesh.client.get<Subscription>(subscriptionKind, key);
        if (found?.status?.ready === isReady) return true;
        throw new Error(JSON.stringify(found?.status));
      },
      { timeoutMs: 30_000 },
    );
  const send = async (change: Partial<typeof golden> = {}) => {
    const url = `${mesh.endpoints.adapter}/commerce/v1/events`;
    const body = JSON.stringify({ ...golden, ...change });
    const answer = await postRaw(url, { 'content-type': 'application/json' }, body);
    expect(answer.code).toBe(200);
    return JSON.parse(answer.body) as unknown;
  };
  const at = (path: string) => subscriber.received.filter((one) => one.path === path);
  const triggersOf = async (name: string) => {
    const labelSelector = `jetmesh.dev/subscription-name=${name}`;
    return (await mesh.client.list<Trigger>(triggerKind, { labelSelector })).items;
  };

  it.each(['bus', 'mesh'])(
    'of every generation get the golden example of §7.7 as they expect it, on the %s',
    async (path) => {
      if (path === 'bus') {
        await create('old', {
          endpoint: `${sink}/old`,
          source_id: 'commerce',
          event_type: 'order.created',
          event_type_version: 'v1',
          include_subscription_name_header: true,
        });
        const value = 'sap.kyma.custom.commerce.order.created.v1';
        const filters = [{ eventSource: { value: '' }, eventType: { value } }];
        await create('v1alpha1', { sink: `${sink}/v1alpha1`, filter: { filters } });
        const types = ['order.created.v1'];
        await create('v1alpha2', { sink: `${sink}/v1alpha2`, source: 'commerce', types });
      } else {
        const switched = await runJetmesh([
          'switch',
          'commerce',
          '--to',
          path,
          '--data',
          mesh.data,
        ]);
        expect(switched).toMatchObject({ code: 0 });
      }
      // Another id on each path: the Broker would take the same one for a repetition, were the paths one Broker.
      const id = path === 'bus' ? golden['event-id'] : '31109198-4d69-4ae0-972d-76117f3748c9';
      expect(await send({ 'event-id': id })).toEqual(
        path === 'bus'
          ? {
              'event-id': id,
              status: 'published',
              reason: 'Message successfully published to the channel',
            }
          : { 'event-id': id, status: '', reason: '' },
      );
      await eventually(() => subscriber.received.length === 3);
      const common = { 'content-type': 'application/json', 'ce-eventtypeversion': 'v1' };
      expect(at('/old')[0]?.headers).toMatchObject({
        ...common,
        'kyma-source-id': 'commerce',
        'kyma-event-type': 'order.created',
        'kyma-event-type-version': 'v1',
        'kyma-event-id': id,
        'kyma-event-time': '2020-01-01T10:00:00Z',
        'kyma-subscription': 'old',
        'ce-source': 'commerce',
        'ce-type': 'order.created',
      });
      expect(at('/v1alpha1')[0]?.headers).toMatchObject({
        ...common,
        'ce-id': id,
        'ce-source': 'kyma',
        'ce-type': 'sap.kyma.custom.commerce.order.created.v1',
      });
      expect(at('/v1alpha2')[0]?.headers).toMatchObject({
        ...common,
        'ce-id': id,
        'ce-source': 'commerce',
        'ce-type': 'order.created.v1',
      });
      for (const { body, headers } of subscriber.received) {
        expect(body.toString()).toBe('{"orderCode":"42"}');
        for (const name of ['ce-originaltype', 'ce-kymasubject', 'ce-kymaexactsubject']) {
          expect(headers).not.toHaveProperty(name);
        }
      }
      await delay(300);
      expect(subscriber.received).toHaveLength(3);
    },
    90_000,
  );

  it('wait while the Service of their sink is missing, and lose nothing', async () => {
    const types = ['order.waiting.v1'];
    await create('waiting', { sink: `${sink}/waiting`, source: 'commerce', types });
    const service = await mesh.client.get<Service>(serviceKind, 'commerce/subscriber');
    await mesh.client.delete(serviceKind, 'commerce/subscriber');
    await untilReady('waiting', false);
    await eventually(async () =>
      (await triggersOf('waiting')).every(
        ({ metadata }) => metadata.annotations?.[jetmeshAnnotations.paused] === 'true',
      ),
    );
    await send({ 'event-type': 'order.waiting', 'event-id': idOf(101) });
    await delay(1_000);
    expect(subscriber.received).toEqual([]);
    const { name, namespace = '' } = service?.metadata ?? { name: 'subscriber' };
    await mesh.client.create(serviceKind, { ...service!, metadata: { name, namespace } });
    await untilReady('waiting', true);
    await eventually(() => at('/waiting').length === 1);
  }, 60_000);

  it('change their maximum in flight while events are delivered, and none comes twice', async () => {
    const slow = await startSlowSubscriber(200);
    try {
      await createSink(mesh.client, 'commerce', slow.port, 'slow');
      await create('flying', {
        sink: 'http://slow.commerce.svc.cluster.local',
        source: 'commerce',
        types: ['order.flying.v1'],
        config: { maxInFlightMessages: '1' },
      });
      for (let index = 0; index < 30; index += 1) {
        await send({ 'event-type': 'order.flying', 'event-id': idOf(index) });
      }
      await eventually(() => slow.ids.length >= 3);
      expect(slow.maxOpenCount()).toBe(1);
      const config = { maxInFlightMessages: '5' };
      await mesh.client.mergePatch(subscriptionKind, 'commerce/flying', { spec: { config } });
      await eventually(() => slow.ids.length === 30, { timeoutMs: 20_000 });
      expect(slow.maxOpenCount()).toBe(5);
      expect(new Set(slow.ids).size).toBe(30);
    } finally {
      await slow.close();
    }
  }, 60_000);

  it('deliver what was stored for a type that they give up', async () => {
    const types = ['order.given.v1', 'order.kept.v1'];
    await create('giving-up', { sink: `${sink}/giving-up`, source: 'commerce', types });
    let refusals = 0;
    subscriber.answerWith(() =>
      refusals++ < 1 ? { code: 503, headers: { 'retry-after': '1' } } : 200,
    );
    await send({ 'event-type': 'order.given', 'event-id': idOf(100) });
    await eventually(() => refusals === 1);
    await mesh.client.mergePatch(subscriptionKind, 'commerce/giving-up', {
      spec: { types: ['order.kept.v1'] },
      metadata: { annotations: { [jetmeshAnnotations.drainTimeout]: 'PT2M' } },
    });
    await eventually(
      async () => (await triggersOf('giving-up')).length === 2 && at('/giving-up').length === 2,
      { timeoutMs: 60_000 },
    );
    expect(new Set(at('/giving-up').map(({ id }) => id)).size).toBe(1);
  }, 90_000);

  it('of every Application are told in the status of its HTTPSource', async () => {
    await eventually(
      async () => {
        const source = await mesh.client.get<HttpSource>(httpSourceKind, 'commerce/commerce');
        expect(source?.status?.endpoints?.legacy).toMatchObject({
          path: 'mesh',
          ready: expect.arrayContaining(['Broker commerce/default', 'Subscription commerce/old']),
          pending: [],
          missing: [],
          ifSwitched: { path: 'bus', pending: [], missing: [] },
        });
        return true;
      },
      { timeoutMs: 20_000 },
    );
  }, 30_000);
});

function idOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}
