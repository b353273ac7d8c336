import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  brokerKind,
  conditionOf,
  eventTypeKind,
  type EventType,
  type EventTypeSpec,
} from '@jetmesh/eventing-api';
import { untilHolds } from '../../support/until-holds.ts';
import { ControllerMesh } from './controller-mesh.ts';

let mesh: ControllerMesh;

beforeAll(async () => {
  mesh = await ControllerMesh.start();
  await mesh.startController();
}, 30_000);
afterAll(() => mesh.stop());

async function create(name: string, spec: EventTypeSpec, version = 'v1beta2'): Promise<void> {
  await mesh.client.create<EventType>(
    { ...eventTypeKind, version },
    {
      apiVersion: `eventing.knative.dev/${version}`,
      kind: 'EventType',
      metadata: { name, namespace: 'team' },
      spec,
    },
  );
}

async function untilReady(name: string, expected: object): Promise<void> {
  await untilHolds(async () => {
    const eventType = await mesh.client.get<EventType>(eventTypeKind, `team/${name}`);
    expect(conditionOf(eventType!, 'Ready')).toMatchObject(expected);
  });
}

const reference = { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'sells' };

describe('an EventType', () => {
  it('is Ready while the object exists that it refers to', async () => {
    await create('created', { type: 'created', source: '/orders', reference });
    const missing = {
      status: 'False',
      reason: 'ResourceDoesNotExist',
      message: 'brokers.eventing.knative.dev "team/sells" not found',
    };
    await untilReady('created', missing);
    await mesh.createBroker('sells');
    await untilReady('created', { status: 'True' });
    await mesh.client.delete(brokerKind, 'team/sells');
    await untilReady('created', missing);
  });

  it('is Ready without a reference, and says so', async () => {
    await create('free', { type: 'free' });
    await untilReady('free', { status: 'True' });
    const free = await mesh.client.get<EventType>(eventTypeKind, 'team/free');
    expect(conditionOf(free!, 'ReferenceExists')?.reason).toBe('ReferenceNotSet');
  });

  it('may be written in v1beta3, and refers to a Broker as of old in v1beta2', async () => {
    const attributes = ['type', 'source', 'specversion', 'id'].map((name) => ({
      name,
      required: true,
      value: name,
    }));
    await mesh.createBroker('of-old');
    await create('newer', { attributes, reference: { ...reference, name: 'of-old' } }, 'v1beta3');
    await create('older', { type: 'older', broker: 'of-old' });
    await untilReady('newer', { status: 'True' });
    await untilReady('older', { status: 'True' });
    const newer = await mesh.client.get<EventType>(
      { ...eventTypeKind, version: 'v1beta3' },
      'team/newer',
    );
    expect(newer?.spec.attributes).toEqual(attributes);
  });

  it.each([
    ['v1beta2', {}, 'missing field(s): spec.type'],
    ['v1beta3', { attributes: [{ name: 'type' }] }, 'missing field(s): spec.attributes.source'],
    [
      'v1beta2',
      { type: 'a', reference: { kind: 'Broker' } },
      'missing field(s): spec.reference.name',
    ],
  ] as const)('in %s with %j is refused', async (version, spec, message) => {
    await expect(create('wrong', spec as unknown as EventTypeSpec, version)).rejects.toThrow(
      message,
    );
  });
});

describe('EVENT_TYPES=false', () => {
  it('leaves them to another implementation', async () => {
    const other = await ControllerMesh.start();
    try {
      await other.startController({ EVENT_TYPES: 'false' });
      await other.client.create<EventType>(eventTypeKind, {
        apiVersion: 'eventing.knative.dev/v1beta2',
        kind: 'EventType',
        metadata: { name: 'foreign', namespace: 'team' },
        spec: { type: 'foreign' },
      });
      await other.createBroker('afterwards');
      await other.readyBroker('afterwards');
      const foreign = await other.client.get<EventType>(eventTypeKind, 'team/foreign');
      expect(foreign?.status).toBeUndefined();
    } finally {
      await other.stop();
    }
  }, 30_000);
});
