import {
  eventActivationKind,
  namespaceKind,
  serviceKind,
  subscriptionKind,
  type EventActivation,
  type Service,
  type Subscription,
} from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';
import { eventually } from '../../support/eventually.ts';

/** A Subscription of the load, and the event types that it selects; its path at the subscriber is its name. */
export interface ShopSubscription {
  readonly name: string;
  readonly shape: 'old' | 'v1alpha1' | 'standard' | 'exact';
  readonly types: readonly string[];
}

export const eventTypes: readonly string[] = Array.from(
  { length: 10 },
  (_, index) => `order.created${index}`,
);

const shapes = ['old', 'v1alpha1', 'standard', 'exact'] as const;

/** Twenty, five of each shape; each type is selected by two, of different shapes. */
export const shopSubscriptions: readonly ShopSubscription[] = Array.from(
  { length: 20 },
  (_, index) => {
    const shape = shapes[(index + Math.floor(index / 10)) % shapes.length] ?? 'old';
    return { name: `${shape}-${index}`, shape, types: [eventTypes[index % 10] ?? ''] };
  },
);

/** A Service for the sinks, here and in a Namespace that nothing binds, and the Subscriptions once they are ready. */
export async function createShop(
  client: KubeClient,
  { application, port }: { application: string; port: number },
): Promise<void> {
  await bindApplication(client, application, application);
  await createNamespace(client, 'elsewhere');
  for (const namespace of [application, 'elsewhere']) await createSink(client, namespace, port);
  for (const subscription of shopSubscriptions) {
    await createSubscription(client, {
      name: subscription.name,
      namespace: application,
      spec: specOf(subscription, application, port),
    });
  }
  await untilSubscriptionsAreReady(client, shopSubscriptions.length);
}

export async function bindApplication(
  client: KubeClient,
  application: string,
  namespace: string,
): Promise<void> {
  const activation: EventActivation = {
    apiVersion: 'applicationconnector.kyma-project.io/v1alpha1',
    kind: 'EventActivation',
    metadata: { name: application, namespace },
    spec: { sourceId: application },
  };
  await client.create(eventActivationKind, activation);
}

export async function createSubscription(
  client: KubeClient,
  { name, namespace, spec }: { name: string; namespace: string; spec: Record<string, unknown> },
): Promise<void> {
  await client.create<Subscription>(subscriptionKind, {
    apiVersion: 'eventing.kyma-project.io/v1alpha2',
    kind: 'Subscription',
    metadata: { name, namespace },
    spec,
  });
}

export async function untilSubscriptionsAreReady(client: KubeClient, count: number): Promise<void> {
  await eventually(
    async () => {
      const { items } = await client.list<Subscription>(subscriptionKind);
      const waiting = items.filter(({ status }) => status?.ready !== true);
      if (items.length === count && waiting.length === 0) return true;
      throw new Error(`Not ready: ${JSON.stringify(waiting.map(({ status }) => status))}`);
    },
    { timeoutMs: 30_000 },
  );
}

function specOf(
  { name, shape, types }: ShopSubscription,
  application: string,
  port: number,
): Record<string, unknown> {
  const sink = `http://subscriber.${application}.svc.cluster.local/${name}`;
  const prefixed = types.map((type) => `sap.kyma.custom.${application}.${type}.v1`);
  switch (shape) {
    case 'old':
      return {
        endpoint: `http://127.0.0.1:${port}/${name}`,
        source_id: application,
        event_type: types[0],
        event_type_version: 'v1',
      };
    case 'v1alpha1':
      return {
        sink,
        filter: {
          filters: prefixed.map((value) => ({
            eventSource: { property: 'source', type: 'exact', value: '' },
            eventType: { property: 'type', type: 'exact', value },
          })),
        },
      };
    case 'standard':
      return { sink, source: application, types: types.map((type) => `${type}.v1`) };
    case 'exact':
      return { sink, source: application, types: prefixed, typeMatching: 'exact' };
  }
}

async function createNamespace(client: KubeClient, name: string): Promise<void> {
  await client.create(namespaceKind, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  });
}

export async function createSink(
  client: KubeClient,
  namespace: string,
  port: number,
  name = 'subscriber',
): Promise<void> {
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: {
      type: 'ExternalName',
      externalName: 'localhost',
      ports: [{ name: 'http', port: 80, targetPort: port, protocol: 'TCP' }],
    },
  };
  await client.create(serviceKind, service);
}
