import { describe, expect, it } from '@jest/globals';
import type { EventType, KubernetesObject } from '@jetmesh/eventing-api';
import { KubeApiError, type KubeClient } from '@jetmesh/kube-controller';
import { createHash } from 'node:crypto';
import type { BrokerEntry } from './broker-directory.ts';
import { EventTypeRecorder } from './event-type-recorder.ts';

const ignore = () => undefined;
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };
const broker = { namespace: 'shop', name: 'default', uid: 'u1' } as BrokerEntry;

function event(type: string, more: Record<string, string> = {}) {
  const attributes = new Map(Object.entries({ type, source: '/orders', ...more }));
  return { attributes, data: undefined };
}

/** Records what is created; fails as told. */
function playedClient(failures: Error[] = []) {
  const created: EventType[] = [];
  const client: Pick<KubeClient, 'create'> = {
    create: <T extends KubernetesObject>(_kind: unknown, object: T) => {
      const failure = failures.shift();
      if (failure !== undefined) return Promise.reject(failure);
      created.push(object as unknown as EventType);
      return Promise.resolve(object);
    },
  };
  return { client, created };
}

describe('EventTypeRecorder', () => {
  it('creates one EventType for a type and source of a Broker, named as Knative does', async () => {
    const { client, created } = playedClient();
    const recorder = new EventTypeRecorder({ client, logger: silent as never });
    recorder.see(broker, event('created', { dataschema: 'http://schema' }));
    recorder.see(broker, event('created'));
    recorder.see(broker, event('shipped'));
    recorder.see(broker, event('created', { source: '/other' }));
    recorder.see({ ...broker, uid: 'u2', name: 'other' }, event('created'));
    await recorder.settled();
    expect(created).toHaveLength(4);
    const hash = createHash('md5').update('created/ordersshopdefault').digest('hex');
    expect(created[0]).toMatchObject({
      metadata: {
        name: `et-default-${hash}`,
        namespace: 'shop',
        ownerReferences: [{ kind: 'Broker', name: 'default', uid: 'u1' }],
      },
      spec: {
        type: 'created',
        source: '/orders',
        schema: 'http://schema',
        reference: { kind: 'Broker', name: 'default', namespace: 'shop' },
      },
    });
  });

  it('tries a failed one again with the next event, but not one that was there', async () => {
    const exists = new KubeApiError('POST', { status: 409, reason: 'AlreadyExists', message: '' });
    const { client, created } = playedClient([new Error('down'), exists]);
    const recorder = new EventTypeRecorder({ client, logger: silent as never });
    for (let round = 0; round < 4; round += 1) {
      recorder.see(broker, event('created'));
      await recorder.settled();
    }
    expect(created).toEqual([]);
  });

  it('knows ten thousand at most, and lets a thousand wait', async () => {
    const { client, created } = playedClient();
    const recorder = new EventTypeRecorder({ client, logger: silent as never });
    for (let index = 0; index < 1_500; index += 1) recorder.see(broker, event(`t${index}`));
    await recorder.settled();
    expect(created).toHaveLength(1_000);
    for (let index = 0; index < 12_000; index += 1) {
      recorder.see(broker, event(`t${index}`));
      if (index % 500 === 0) await recorder.settled();
    }
    await recorder.settled();
    expect(created).toHaveLength(10_000);
  });
});
