import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventType, eventTypeKind } from '@jetmesh/eventing-api';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { postEvent } from '../../support/post-event.ts';
import { BrokerMesh } from './broker-mesh.ts';

let mesh: BrokerMesh;

beforeAll(async () => {
  mesh = await BrokerMesh.start();
}, 30_000);
afterAll(() => mesh.stop());

async function eventTypes(): Promise<EventType[]> {
  return (await mesh.client.list<EventType>(eventTypeKind, { namespace: 'shop' })).items;
}

describe('an ingress', () => {
  it('creates no EventType unless it is told to', async () => {
    const ingress = await mesh.startIngress();
    const url = mesh.addressOf(await mesh.broker());
    expect(await postEvent(url, { 'ce-type': 'unasked' })).toMatchObject({ code: 202 });
    await delay(300);
    expect(await eventTypes()).toEqual([]);
    await mesh.stopProgram(ingress);
  });
});

describe('an ingress with EVENT_TYPE_AUTO_CREATE', () => {
  it('creates one for each type and source that it stored, owned by the Broker', async () => {
    const ingress = await mesh.startIngress({ EVENT_TYPE_AUTO_CREATE: 'true' });
    const broker = await mesh.controller.createBroker({}, `http://127.0.0.1:${ingress.port}`);
    const url = mesh.addressOf(broker);
    await eventually(async () => (await fetch(url, { method: 'POST' })).status !== 404);
    for (const type of ['order.created', 'order.created', 'order.shipped']) {
      expect(await postEvent(url, { 'ce-type': type })).toMatchObject({ code: 202 });
    }
    await eventually(async () => (await eventTypes()).length === 2);
    const [first] = (await eventTypes()).sort((a, b) => (a.spec.type! < b.spec.type! ? -1 : 1));
    expect(first).toMatchObject({
      metadata: { ownerReferences: [{ kind: 'Broker', uid: broker.metadata.uid }] },
      spec: {
        type: 'order.created',
        reference: { kind: 'Broker', name: broker.metadata.name, namespace: 'shop' },
      },
    });
  });
});
