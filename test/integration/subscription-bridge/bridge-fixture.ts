import {
  brokerKind,
  eventActivationKind,
  serviceKind,
  subscriptionKind,
  triggerKind,
  type KubernetesObject,
  type ResourceKind,
  type Subscription,
  type SubscriptionCondition,
  type Trigger,
} from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';
import {
  readSubscriptionBridgeConfig,
  startSubscriptionBridge,
  type RunningSubscriptionBridge,
} from '@jetmesh/subscription-bridge';
import { startKubernetesApi, type KubernetesApi } from '../../kube/support/start-kubernetes-api.ts';
import { eventually } from '../../support/eventually.ts';

const namespaces = ['kyma-system', 'jetmesh-system', 'shop', 'billing', 'integration'];

/** The bridge over a Kubernetes API; the trigger controller's part, statuses, is done by hand. */
export class BridgeFixture {
  readonly #api: KubernetesApi;
  readonly #bridges: RunningSubscriptionBridge[] = [];

  private constructor(api: KubernetesApi) {
    this.#api = api;
  }

  static async start(): Promise<BridgeFixture> {
    return new BridgeFixture(await startKubernetesApi({ namespaces }));
  }

  get client(): KubeClient {
    return this.#api.client;
  }

  get kubeconfig(): string {
    return this.#api.kubeconfig;
  }

  async startBridge(drainTimeoutMs = 30_000): Promise<void> {
    const config = readSubscriptionBridgeConfig({
      KUBECONFIG: this.kubeconfig,
      ADMIN_HOST: '127.0.0.1',
      ADMIN_PORT: '0',
      LOG_LEVEL: 'error',
      LEADER_ELECTION: 'false',
      POD_NAME: 'test',
    });
    const options = { ...config, drainTimeoutMs, leaseLookIntervalMs: 100 };
    this.#bridges.push(await startSubscriptionBridge(options));
  }

  async stop(): Promise<void> {
    for (const bridge of this.#bridges) await bridge.stop();
    await this.#api.stop();
  }

  createSubscription(key: string, spec: Record<string, unknown>): Promise<Subscription> {
    return this.client.create<Subscription>(subscriptionKind, {
      apiVersion: 'eventing.kyma-project.io/v1alpha2',
      kind: 'Subscription',
      metadata: metadataOf(key),
      spec,
    });
  }

  async createService(key: string): Promise<void> {
    await this.#create(serviceKind, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadataOf(key),
      spec: { ports: [{ port: 80 }] },
    });
  }

  async createBroker(key: string): Promise<void> {
    await this.#create(brokerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Broker',
      metadata: metadataOf(key),
    });
    const status = { address: { url: `http://ingress/${key}` } };
    await this.client.mergePatch(brokerKind, key, { status }, { subresource: 'status' });
  }

  async bind(application: string, namespace: string): Promise<void> {
    await this.#create(eventActivationKind, {
      apiVersion: 'applicationconnector.kyma-project.io/v1alpha1',
      kind: 'EventActivation',
      metadata: { name: application, namespace },
      spec: { sourceId: application },
    });
  }

  async subscription(key: string): Promise<Subscription> {
    const subscription = await this.client.get<Subscription>(subscriptionKind, key);
    if (subscription === undefined) throw new Error(`Subscription ${key} does not exist`);
    return subscription;
  }

  async triggersIn(namespace: string): Promise<Trigger[]> {
    const { items } = await this.client.list<Trigger>(triggerKind, { namespace });
    return items;
  }

  /** The Triggers that the bridge made for a Subscription, once there are as many. */
  untilTriggers(namespace: string, subscription: string, count = 1): Promise<Trigger[]> {
    return eventually(async () => {
      const triggers = await this.triggersIn(namespace);
      const own = triggers.filter(
        ({ metadata }) => metadata.labels?.['jetmesh.dev/subscription-name'] === subscription,
      );
      if (own.length === count) return own;
      throw new Error(`There are ${own.length} Triggers in ${namespace} for ${subscription}`);
    });
  }

  /** The only Trigger of a Subscription on the bus, and that on the mesh. */
  async bothTriggers(name: string, namespace = 'shop'): Promise<[Trigger, Trigger]> {
    const [bus] = await this.untilTriggers('kyma-system', name);
    const [mesh] = await this.untilTriggers(namespace, name);
    return [bus!, mesh!];
  }

  async markBothReady(name: string): Promise<void> {
    for (const trigger of await this.bothTriggers(name)) await this.markReady(trigger);
  }

  async condition(key: string, type: string): Promise<SubscriptionCondition | undefined> {
    const { status } = await this.subscription(key);
    return status?.conditions?.find((candidate) => candidate.type === type);
  }

  async untilReady(key: string): Promise<void> {
    await eventually(async () => {
      const { status } = await this.subscription(key);
      if (status?.ready !== true) throw new Error(JSON.stringify(status));
      return true;
    });
  }

  /** What the trigger controller does for a Trigger that works. */
  async markReady({ metadata, spec }: Trigger): Promise<void> {
    const status = {
      observedGeneration: metadata.generation ?? 0,
      conditions: [{ type: 'Ready', status: 'True' }],
      subscriberUri: spec.subscriber.uri,
      annotations: { 'jetmesh.dev/stream': 'S', 'jetmesh.dev/consumer': `C-${metadata.name}` },
    };
    await this.patchStatus(metadata, status);
  }

  async patchStatus({ namespace = '', name }: Trigger['metadata'], status: object): Promise<void> {
    const options = { subresource: 'status' } as const;
    await this.client.mergePatch(triggerKind, `${namespace}/${name}`, { status }, options);
  }

  async #create(kind: ResourceKind, object: KubernetesObject & { spec?: object }): Promise<void> {
    await this.client.create(kind, object);
  }
}

function metadataOf(key: string): { namespace: string; name: string } {
  const [namespace = '', name = ''] = key.split('/');
  return { namespace, name };
}
