import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetmeshAnnotations, triggerKind, type Trigger } from '@jetmesh/eventing-api';
import { connectJetStream, createStreamAdmin } from '@jetmesh/jetstream';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { binaryHeaders, postEvent } from '../support/post-event.ts';
import { ConformanceMesh, quick, urlOf } from './conformance-mesh.ts';
import { metricOf } from './metric-of.ts';

/** Numbers are those of the statements of the Knative specification (routing) as we keep them. */
describe('Knative event routing', () => {
  let mesh: ConformanceMesh;

  beforeAll(async () => {
    mesh = await ConformanceMesh.start('routing');
  }, 90_000);
  afterAll(() => mesh.stop(), 60_000);

  /** A Trigger of that Broker for events of one type, with a subscriber of its own. */
  async function wanting(broker: string, type: string) {
    const subscriber = await mesh.subscriber();
    await mesh.readyTrigger({
      broker,
      filter: { attributes: { type } },
      subscriber: { uri: subscriber.url },
    });
    return subscriber;
  }

  async function messagesIn(stream: string): Promise<number | undefined> {
    const connection = await connectJetStream({
      servers: [mesh.mesh.endpoints.nats],
      name: 'conformance',
    });
    try {
      return (await createStreamAdmin(connection).streamState(stream))?.messages;
    } finally {
      await connection.close();
    }
  }

  it('shares consumers in the project that is named so, and there alone', async () => {
    const { trigger } = await mesh.route();
    const isShared = trigger.status?.annotations?.[jetmeshAnnotations.sharedStream] !== undefined;
    expect(isShared).toBe(process.env.SHARED_CONSUMER_THRESHOLD === '0');
  });

  it('RO-1 LX-8 LX-10 A Broker MUST publish its URL, http or https, when it can receive; what it accepts is answered with 2xx', async () => {
    for (let round = 0; round < 5; round += 1) {
      const url = new URL(urlOf(await mesh.readyBroker()));
      expect(url.protocol).toMatch(/^https?:$/);
      expect(await postEvent(url.href)).toMatchObject({ code: 202, body: '' });
    }
  });

  it('RO-2 DP-6 Before acknowledging, the Broker MUST durably enqueue the event', async () => {
    const { url, trigger, subscriber } = await mesh.route({
      annotations: { [jetmeshAnnotations.paused]: 'true' },
    });
    const ids = ['a', 'b', 'c'];
    for (const id of ids)
      expect(await postEvent(url, { 'ce-id': id })).toMatchObject({ code: 202 });
    await mesh.mesh.killAndAwaitRestart('nats-server');
    expect(subscriber.received).toEqual([]);
    const metadata = { annotations: { [jetmeshAnnotations.paused]: null } };
    const key = `${mesh.namespace}/${trigger.metadata.name}`;
    // The API of a local mesh keeps its objects in NATS too.
    await eventually(() => mesh.mesh.client.mergePatch(triggerKind, key, { metadata }), {
      timeoutMs: 30_000,
    });
    const received = () => new Set(subscriber.received.map(({ id }) => id));
    await eventually(() => ids.every((id) => received().has(id)), { timeoutMs: 60_000 });
    // Each program finds its way back to NATS by itself: the next test sends at once.
    await eventually(async () => (await postEvent(url)).code === 202, { timeoutMs: 30_000 });
  }, 90_000);

  it('RO-3 Every associated Trigger MUST be evaluated exactly once: on match the event is delivered, else not', async () => {
    const { url, broker, subscriber: all } = await mesh.route();
    const wanted = await wanting(broker, 'wanted');
    const other = await wanting(broker, 'other');
    for (const type of ['wanted', 'unwanted']) {
      expect(await postEvent(url, { 'ce-type': type })).toMatchObject({ code: 202 });
    }
    await eventually(() => all.received.length === 2 && wanted.received.length === 1);
    await delay(300);
    const typesAt = ({ received }: typeof all) => received.map(({ headers }) => headers['ce-type']);
    expect(typesAt(all).sort()).toEqual(['unwanted', 'wanted']);
    expect(typesAt(wanted)).toEqual(['wanted']);
    expect(typesAt(other)).toEqual([]);
  });

  it('RO-4 Each matching Trigger gets one delivery, also when two have one subscriber', async () => {
    const { url, broker, subscriber } = await mesh.route();
    await mesh.readyTrigger({ broker, subscriber: { uri: subscriber.url } });
    await postEvent(url);
    await eventually(() => subscriber.received.length === 2);
    await delay(300);
    expect(subscriber.received).toHaveLength(2);
  });

  it('RO-5 The payload MUST NOT be modified; attributes MAY be added: here none are', async () => {
    const { url, subscriber } = await mesh.route();
    const payload = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256));
    await postEvent(url, { 'content-type': 'application/octet-stream' }, payload);
    await eventually(() => subscriber.received.length === 1);
    const { headers, body } = subscriber.received[0]!;
    expect(body.equals(payload)).toBe(true);
    const attributes = Object.keys(headers).filter((name) => name.startsWith('ce-'));
    expect(attributes.sort()).toEqual(['ce-id', 'ce-source', 'ce-specversion', 'ce-type']);
  });

  it('RO-6 LX-14 Replies MUST be routed as if sent to the address, to all Triggers, also to the one that produced them', async () => {
    const { url, broker, subscriber } = await mesh.route();
    const pongs = await wanting(broker, 'pong');
    const pings = await wanting(broker, 'ping');
    subscriber.answerWith(({ headers, id }) =>
      headers['ce-type'] === 'ping'
        ? { code: 200, headers: binaryHeaders({ 'ce-type': 'pong', 'ce-id': id }), body: '{"b":1}' }
        : 200,
    );
    await postEvent(url, { 'ce-type': 'ping', 'ce-id': 'same-id' });
    await eventually(() => subscriber.received.length === 2 && pongs.received.length === 1);
    await delay(200);
    expect(subscriber.received.map(({ headers }) => headers['ce-type'])).toEqual(['ping', 'pong']);
    expect(pongs.received[0]).toMatchObject({ id: 'same-id', body: Buffer.from('{"b":1}') });
    expect(pings.received).toHaveLength(1);
  });

  it('RO-7 DE-6 LX-16 When the reply cannot be enqueued the entire delivery MUST be failed and retried', async () => {
    const { url, broker, subscriber } = await mesh.route({
      broker: { config: await mesh.createSettings({ 'stream.max-bytes': '8Ki' }) },
      trigger: {
        filter: { attributes: { type: 'question' } },
        delivery: { retry: 3, ...quick },
      },
    });
    const answers = await wanting(broker, 'answer');
    subscriber.answerWith((_request, index) => ({
      code: 200,
      headers: binaryHeaders({ 'ce-type': 'answer' }),
      body: index < 2 ? 'x'.repeat(9_000) : 'fits',
    }));
    await postEvent(url, { 'ce-type': 'question' });
    await eventually(() => answers.received.length === 1);
    await delay(200);
    expect(subscriber.received.map(({ id }) => id)).toEqual(['id-1', 'id-1', 'id-1']);
    expect(answers.received.map(({ body }) => body.toString())).toEqual(['fits']);
  });

  it('RO-8 Loops MAY be detected: here a loop of replies ends', async () => {
    const { url, subscriber } = await mesh.route({
      brokerAnnotations: { [jetmeshAnnotations.eventTimeToLive]: '5' },
    });
    subscriber.answerWith({ code: 200, headers: binaryHeaders({ 'ce-type': 'echo' }), body: '{}' });
    await postEvent(url, { 'ce-type': 'echo' });
    await eventually(() => subscriber.received.length >= 5);
    await delay(500);
    expect(subscriber.received.length).toBeLessThanOrEqual(6);
  });

  it('RO-9 Replies MAY go an internal way: here they do not pass the address', async () => {
    const { url, broker, subscriber } = await mesh.route({
      trigger: { filter: { attributes: { type: 'question' } } },
    });
    const answers = await wanting(broker, 'answer');
    subscriber.answerWith({
      code: 200,
      headers: binaryHeaders({ 'ce-type': 'answer' }),
      body: '{}',
    });
    await postEvent(url, { 'ce-type': 'question' });
    await eventually(() => answers.received.length === 1);
    const labels = { broker, code: '202' };
    expect(await metricOf(mesh.mesh, 'ingress', 'eventing_ingress_events_total', labels)).toBe(1);
  });

  it('LX-12 Every event MUST reach, at least once, each Trigger that is Ready when it is received', async () => {
    const { url, broker, subscriber } = await mesh.route();
    const second = await wanting(broker, 'conformance');
    const ids = Array.from({ length: 60 }, (_, index) => `many-${index}`);
    const answers = await Promise.all(ids.map((id) => postEvent(url, { 'ce-id': id })));
    expect(answers.filter(({ code }) => code !== 202)).toEqual([]);
    for (const { received } of [subscriber, second]) {
      await eventually(() => {
        const got = new Set(received.map(({ id }) => id));
        return ids.every((id) => got.has(id));
      });
    }
  });

  it('LX-13 Events that nobody matches MAY be dropped: here they are accepted, and not kept', async () => {
    const { url, trigger, subscriber } = await mesh.route({
      trigger: { filter: { attributes: { type: 'never' } } },
    });
    expect(await postEvent(url)).toMatchObject({ code: 202 });
    const { annotations = {} } = (await mesh.get<Trigger>(triggerKind, trigger.metadata.name))!
      .status!;
    const stream =
      annotations[jetmeshAnnotations.sharedStream] ?? annotations[jetmeshAnnotations.stream] ?? '';
    await eventually(async () => (await messagesIn(stream)) === 0);
    expect(subscriber.received).toEqual([]);
  });
});
