import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serviceKind } from '@jetmesh/eventing-api';
import { eventSubject, Outbox } from '@jetmesh/jetstream';
import { eventually } from '../../support/eventually.ts';
import { postEvent } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';

describe('deliveries under faults', () => {
  let mesh: BrokerMesh;

  beforeAll(async () => {
    mesh = await BrokerMesh.start();
    await mesh.startIngress({ PUBLISH_DEADLINE: '1s' });
    await mesh.startDispatcher({ LOCAL_SERVICES: 'true' });
  }, 30_000);
  afterAll(() => mesh.stop());

  it('reach a Service by its name, on the address that the API tells', async () => {
    const subscriber = await mesh.subscriber();
    await mesh.client.create(serviceKind, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'orders', namespace: 'shop' },
      spec: {
        type: 'ExternalName',
        externalName: '127.0.0.1',
        ports: [{ port: 80, targetPort: subscriber.port }],
      },
    } as never);
    const { url } = await mesh.route({ subscriberUri: 'http://orders.shop.svc.cluster.local/in' });
    await postEvent(url);
    await eventually(() => subscriber.received.length === 1);
    expect(subscriber.received[0]).toMatchObject({
      path: '/in',
      headers: { host: 'orders.shop.svc.cluster.local' },
    });
  });

  it('are shared by two dispatchers, each event at one of them', async () => {
    const second = await mesh.startDispatcher();
    const { url, subscriber, broker } = await mesh.route();
    const ids = Array.from({ length: 100 }, (_, index) => `e-${index}`);
    await Promise.all(ids.map((id) => postEvent(url, { 'ce-id': id })));
    await eventually(() => mesh.controller.isSettled(broker));
    expect(subscriber.received.map(({ id }) => id).sort()).toEqual(ids.sort());
    await mesh.stopProgram(second);
  });

  it('go on when a consumer was deleted and made again', async () => {
    const { url, subscriber, broker, trigger } = await mesh.route();
    await mesh.controller.recreateConsumer(broker, trigger);
    await eventually(() => mesh.controller.isPulled(trigger), { timeoutMs: 20_000 });
    await postEvent(url);
    await eventually(() => subscriber.received.length === 1);
  }, 30_000);

  it('do not count a kept connection that the subscriber just closed as an attempt', async () => {
    let requests = 0;
    // Answers, and closes the connection when the next request arrives on it.
    const server = createServer((request, response) => {
      const { socket } = request;
      if (seen.has(socket)) {
        socket.destroy();
        return;
      }
      seen.add(socket);
      requests += 1;
      response.end();
    });
    const seen = new WeakSet();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { url, broker } = await mesh.route({
      subscriberUri: `http://127.0.0.1:${port}/`,
      delivery: { retry: 0 },
    });
    for (let count = 1; count <= 3; count += 1) {
      await postEvent(url);
      await eventually(() => requests === count);
    }
    expect(await mesh.controller.parked(broker)).toHaveLength(0);
    server.close();
    server.closeAllConnections();
  });

  it('put aside what came into the stream past the ingress and is no event', async () => {
    const { broker, subscriber } = await mesh.route();
    const limits = { maxOutstandingCount: 1, maxOutstandingBytes: 10_000, deadlineMs: 1_000 };
    const outbox = new Outbox(mesh.connection, limits);
    await outbox.publish({
      subject: eventSubject(broker.metadata.uid ?? '', { type: 't', source: 's' }),
      headers: ['hello', 'world'],
      data: Buffer.from('no event'),
      messageId: 'foreign',
    });
    const parked = await eventually(async () => (await mesh.controller.parked(broker))[0]);
    expect(parked?.headers).toEqual(expect.arrayContaining(['Jetmesh-Reason', 'not-an-event']));
    expect(parked?.data.toString()).toBe('no event');
    expect(subscriber.received).toHaveLength(0);
    await outbox.close();
  });

  it('are counted by Trigger, outcome and settlement', async () => {
    const dispatcher = await mesh.startDispatcher();
    const { url, subscriber, trigger, broker } = await mesh.route({
      delivery: { retry: 1 },
    });
    subscriber.answerWith((_request, index) => (index === 0 ? 503 : { code: 200, body: 'ok' }));
    await postEvent(url);
    await eventually(
      async () => (await mesh.controller.isSettled(broker)) && subscriber.received.length === 2,
    );
    const count = async (metric: string, labels: string) => {
      const texts = await Promise.all(mesh.adminPorts().map((port) => metricsAt(port)));
      const name = `${metric}{namespace="shop",trigger="${trigger.metadata.name}"${labels}}`;
      const lines = texts
        .flatMap((text) => text.split('\n'))
        .filter((line) => line.startsWith(name));
      return lines.reduce((sum, line) => sum + Number(line.slice(name.length)), 0);
    };
    expect(await count('eventing_delivery_attempts_total', ',outcome="retryable"')).toBe(1);
    expect(await count('eventing_delivery_attempts_total', ',outcome="delivered"')).toBe(1);
    expect(await count('eventing_delivery_settlements_total', ',settlement="ack"')).toBe(1);
    expect(await count('eventing_delivery_ignored_bodies_total', '')).toBe(1);
    expect(await count('eventing_delivery_in_flight', '')).toBe(0);
    await mesh.stopProgram(dispatcher);
  });

  it('lose nothing when nats-server is killed and comes back', async () => {
    const { url, subscriber, broker } = await mesh.route();
    const accepted: string[] = [];
    const send = async (index: number) => {
      const id = `kill-${index}`;
      const { code } = await postEvent(url, { 'ce-id': id });
      if (code === 202) accepted.push(id);
    };
    for (let index = 0; index < 100; index += 1) await send(index);
    const killed = mesh.nats.kill();
    await Promise.all(Array.from({ length: 50 }, (_, index) => send(100 + index)));
    await killed;
    await mesh.nats.restart();
    await eventually(async () => (await postEvent(url, { 'ce-id': 'after' })).code === 202);
    await eventually(() => mesh.controller.isSettled(broker), { timeoutMs: 40_000 });
    const received = new Set(subscriber.received.map(({ id }) => id));
    expect(accepted.filter((id) => !received.has(id))).toEqual([]);
    expect(received).toContain('after');
  }, 60_000);
});

async function metricsAt(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  return answer.text();
}
