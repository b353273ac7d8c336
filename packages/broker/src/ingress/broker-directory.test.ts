import { describe, expect, it } from '@jest/globals';
import { type Broker, brokerClassAnnotation, jetmeshAnnotations } from '@jetmesh/eventing-api';
import type { ObjectChange } from '@jetmesh/kube-controller';
import { BrokerDirectory } from './broker-directory.ts';

const served: Broker = {
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {
    name: 'default',
    namespace: 'shop',
    uid: 'u1',
    annotations: { [brokerClassAnnotation]: 'Jetmesh' },
  },
  status: { annotations: { [jetmeshAnnotations.stream]: 'S' } },
};

function directory() {
  let apply: (change: ObjectChange<Broker>) => void = () => undefined;
  const reflector = { subscribe: (listener: typeof apply) => void (apply = listener) };
  const brokers = new BrokerDirectory(reflector as never);
  return {
    see: (object: Broker) =>
      apply({ kind: 'updated', key: 'shop/default', previous: served, object }),
    find: () => brokers.find('/shop/default'),
  };
}

function withMetadata(changes: Partial<Broker['metadata']>): Broker {
  return { ...served, metadata: { ...served.metadata, ...changes } };
}

describe('BrokerDirectory', () => {
  it('knows a Broker of ours that has a stream', () => {
    const { see, find } = directory();
    see(served);
    expect(find()).toMatchObject({ namespace: 'shop', name: 'default', uid: 'u1' });
  });

  it.each<[string, Broker]>([
    ['has no stream yet', { ...served, status: {} }],
    ['is of another class', withMetadata({ annotations: { [brokerClassAnnotation]: 'Kafka' } })],
    ['is being deleted', withMetadata({ deletionTimestamp: '2026-01-02T03:04:05Z' })],
  ])('knows none that %s', (_case, broker) => {
    const { see, find } = directory();
    see(served);
    see(broker);
    expect(find()).toBeUndefined();
  });

  it('goes on counting for the same Broker, and begins anew for one that replaced it', () => {
    const { see, find } = directory();
    see(served);
    const counts = find()?.counts;
    see(withMetadata({ labels: { a: 'b' } }));
    expect(find()?.counts).toBe(counts);
    see(withMetadata({ uid: 'u2' }));
    expect(find()?.counts).not.toBe(counts);
  });
});
