import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  brokerKind,
  jetmeshAnnotations,
  triggerKind,
  type Broker,
  type Trigger,
} from '@jetmesh/eventing-api';
import { connectJetStream, createStreamAdmin } from '@jetmesh/jetstream';
import { setTimeout as delay } from 'node:timers/promises';
import { createBroker } from '../support/create-broker.ts';
import { eventually } from '../support/eventually.ts';
import { postEvent } from '../support/post-event.ts';
import { createTrigger } from '../support/quickstart.ts';
import type { RecordingSubscriber } from '../support/recording-subscriber.ts';
import { ConformanceMesh, urlOf } from './conformance-mesh.ts';

/** Where Brokers on JetStream are known to go wrong although the specification is plain. */
describe('a Broker on JetStream', () => {
  let mesh: ConformanceMesh;

  beforeAll(async () => {
    mesh = await ConformanceMesh.start('traps');
  }, 90_000);
  afterAll(() => mesh.stop(), 60_000);

  it('tries again although neither Trigger nor Broker says how', async () => {
    const { url, subscriber } = await mesh.route();
    subscriber.answerWith((_request, index) => (index < 2 ? 503 : 200));
    await postEvent(url);
    await eventually(() => subscriber.received.length === 3);
  });

  it.each([
    { retry: 2 },
    { retry: 2, backoffPolicy: 'exponential' },
    { retry: 2, backoffDelay: 'PT0.1S' },
    { retry: 2, timeout: 'PT1S' },
  ] as const)('tries as often as it is told, and lives, with %j alone', async (delivery) => {
    const sink = await mesh.subscriber();
    const pid = mesh.mesh.pidOf('dispatcher');
    const { url, subscriber } = await mesh.route({
      trigger: { delivery: { ...delivery, deadLetterSink: { uri: sink.url } } },
    });
    subscriber.answerWith(500);
    await postEvent(url);
    await eventually(() => sink.received.length === 1);
    expect(subscriber.received).toHaveLength(3);
    expect(mesh.mesh.pidOf('dispatcher')).toBe(pid);
  });

  it('may have dots in its name, and is another than the one without', async () => {
    const subscribers: RecordingSubscriber[] = [];
    for (const name of ['my.broker', 'mybroker']) {
      const broker = await mesh.readyBroker({}, name);
      const subscriber = await mesh.subscriber();
      subscribers.push(subscriber);
      await mesh.readyTrigger({
        broker: name,
        subscriber: { uri: subscriber.url },
      });
      expect(await postEvent(urlOf(broker), { 'ce-id': name })).toMatchObject({ code: 202 });
    }
    await eventually(() => subscribers.every(({ received }) => received.length > 0));
    await delay(200);
    const ids = subscribers.map(({ received }) => received.map(({ id }) => id));
    expect(ids).toEqual([['my.broker'], ['mybroker']]);
  });

  it('shares nothing with one whose Namespace and name read the same when joined', async () => {
    const { client, endpoints } = mesh.mesh;
    const places = [
      { namespace: 'a--b', name: 'c' },
      { namespace: 'a', name: 'b--c' },
    ];
    const routes: { url: string; subscriber: RecordingSubscriber }[] = [];
    for (const { namespace, name } of places) {
      const subscriber = await mesh.subscriber();
      await createBroker(client, namespace, {}, name);
      await createTrigger(client, { namespace, name: 'all', broker: name, uri: subscriber.url });
      routes.push({ subscriber, url: `${endpoints.ingress}/${namespace}/${name}` });
    }
    for (const { url } of routes) expect(await postEvent(url)).toMatchObject({ code: 202 });
    await eventually(() => routes.every(({ subscriber }) => subscriber.received.length === 1));
    await client.delete(triggerKind, 'a--b/all');
    await client.delete(brokerKind, 'a--b/c');
    await eventually(async () => (await client.get(brokerKind, 'a--b/c')) === undefined);
    expect(await postEvent(routes[1]!.url)).toMatchObject({ code: 202 });
    await eventually(() => routes[1]!.subscriber.received.length === 2);
    expect(routes[0]!.subscriber.received).toHaveLength(1);
  });

  it('serves a Trigger that is deleted and made again at once, and the old one no more', async () => {
    const { url, broker, trigger, subscriber: old } = await mesh.route();
    const { name } = trigger.metadata;
    const next = await mesh.subscriber();
    await mesh.mesh.client.delete(triggerKind, `${mesh.namespace}/${name}`);
    await mesh.createTrigger({ broker, subscriber: { uri: next.url } }, { name });
    const made = await mesh.untilReady<Trigger>(triggerKind, name);
    expect(made.metadata.uid).not.toBe(trigger.metadata.uid);
    await postEvent(url);
    await eventually(() => next.received.length === 1);
    await delay(200);
    expect([old.received.length, next.received.length]).toEqual([0, 1]);
  });

  it('goes on when its stream was removed behind its back', async () => {
    const { url, broker, subscriber } = await mesh.route();
    const { annotations = {} } = (await mesh.get<Broker>(brokerKind, broker))!.status!;
    const connection = await connectJetStream({
      servers: [mesh.mesh.endpoints.nats],
      name: 'vandal',
    });
    const stream = annotations[jetmeshAnnotations.stream] ?? '';
    expect(await createStreamAdmin(connection).deleteStream(stream)).toBe(true);
    await connection.close();
    await eventually(
      async () => {
        await postEvent(url);
        return subscriber.received.length > 0;
      },
      { timeoutMs: 90_000, intervalMs: 1_000 },
    );
  }, 120_000);

  it('adds no trace to an event that has none', async () => {
    const { url, subscriber } = await mesh.route();
    await postEvent(url);
    await eventually(() => subscriber.received.length === 1);
    const names = Object.keys(subscriber.received[0]!.headers);
    expect(names.filter((name) => /trace|b3|span/.test(name))).toEqual([]);
  });
});
