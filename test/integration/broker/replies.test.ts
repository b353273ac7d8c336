import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { binaryHeaders, postEvent } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';

describe('replies of subscribers', () => {
  let mesh: BrokerMesh;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress();
    await mesh.startDispatcher();
  }, 30_000);
  afterAll(() => mesh.stop());

  it('keep their id, are routed to every Trigger, and are stored once', async () => {
    const { url, broker, subscriber } = await mesh.route({
      filter: { attributes: { type: 'ping' } },
    });
    const other = await mesh.subscriber();
    const filter = { attributes: { type: 'pong' } };
    await mesh.trigger(broker, { subscriberUri: other.url, filter });
    subscriber.answerWith((request) => ({
      code: 200,
      headers: binaryHeaders({ 'ce-type': 'pong', 'ce-id': request.id }),
      body: '{"pong":1}',
    }));
    await postEvent(url, { 'ce-type': 'ping', 'ce-id': 'same' });
    await eventually(() => other.received.length === 1);
    expect(other.received[0]?.id).toBe('same');
    expect(other.received[0]?.body.toString()).toBe('{"pong":1}');
  });

  it('of a 202 and bodies that are no event are not stored', async () => {
    const { url, broker, subscriber } = await mesh.route();
    subscriber.answerWith((_request, index) =>
      index === 0 ? { code: 202, headers: binaryHeaders(), body: '{}' } : { code: 200, body: 'ok' },
    );
    await postEvent(url);
    await postEvent(url);
    await eventually(() => subscriber.received.length === 2);
    await delay(200);
    expect((await mesh.controller.stored(broker)).length).toBeLessThanOrEqual(2);
    expect(subscriber.received).toHaveLength(2);
  });

  it('that are no event fail the delivery where the Trigger is strict', async () => {
    const { url, subscriber } = await mesh.route({
      annotations: { 'jetmesh.dev/strict-replies': 'true' },
      delivery: { retry: 1 },
    });
    subscriber.answerWith((_request, index) => (index === 0 ? { code: 200, body: 'ok' } : 200));
    await postEvent(url);
    await eventually(() => subscriber.received.length === 2);
  });

  it('of a Broker that de-duplicates are stored once by source and id, but may repeat those of the event', async () => {
    const broker = await mesh.broker({
      annotations: { 'jetmesh.dev/deduplication': 'source-and-id' },
    });
    const [subscriber, other] = [await mesh.subscriber(), await mesh.subscriber()];
    const trigger = (subscriberUri: string, type: string) =>
      mesh.trigger(broker, { subscriberUri, filter: { attributes: { type } } });
    await trigger(subscriber.url, 'ping');
    await trigger(other.url, 'pong');
    subscriber.answerWith(({ id }) => ({
      code: 200,
      headers: binaryHeaders({ 'ce-type': 'pong', 'ce-id': id === 'echo' ? id : 'answer' }),
    }));
    for (const id of ['one', 'two', 'echo']) {
      await postEvent(mesh.addressOf(broker), { 'ce-type': 'ping', 'ce-id': id });
      await eventually(() => subscriber.received.some((request) => request.id === id));
    }
    await eventually(() => other.received.some(({ id }) => id === 'echo'));
    expect(other.received.map(({ id }) => id).sort()).toEqual(['answer', 'echo']);
  });

  it('end when they have looped as often as EVENT_TTL allows', async () => {
    const ingress = await mesh.startIngress({ EVENT_TTL: '5' });
    const { url, broker, subscriber } = await mesh.route();
    subscriber.answerWith({
      code: 200,
      headers: binaryHeaders({ 'ce-type': 'echo' }),
      body: '{}',
    });
    await postEvent(`http://127.0.0.1:${ingress.port}${new URL(url).pathname}`);
    await eventually(async () => (await mesh.controller.parked(broker)).length === 1);
    expect(subscriber.received).toHaveLength(5);
    await mesh.stopProgram(ingress);
  });
});
