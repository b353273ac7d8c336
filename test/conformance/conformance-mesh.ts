import {
  brokerClassAnnotation,
  brokerKind,
  configMapKind,
  isReady,
  jetmeshBrokerClass,
  namespaceKind,
  triggerKind,
  type Broker,
  type BrokerSpec,
  type ConfigMap,
  type Trigger,
  type TriggerSpec,
} from '@jetmesh/eventing-api';
import { eventually } from '../support/eventually.ts';
import { startMeshProcess, type MeshProcess } from '../support/mesh-process.ts';
import {
  startRecordingSubscriber,
  type RecordingSubscriber,
} from '../support/recording-subscriber.ts';

/** Delivery options whose retries come quickly. */
export const quick = { backoffPolicy: 'linear', backoffDelay: 'PT0.05S' } as const;

/** The running processes, with what a conformance test creates: everything in a Namespace of the file's own. */
export class ConformanceMesh {
  readonly mesh: MeshProcess;
  readonly namespace: string;
  readonly #subscribers: RecordingSubscriber[] = [];
  #nameCount = 0;

  private constructor(mesh: MeshProcess, namespace: string) {
    this.mesh = mesh;
    this.namespace = namespace;
  }

  static async start(namespace: string): Promise<ConformanceMesh> {
    const mesh = await startMeshProcess();
    await mesh.client.create(namespaceKind, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    return new ConformanceMesh(mesh, namespace);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#subscribers.map((subscriber) => subscriber.close()));
    await this.mesh.stop();
  }

  /** A name that no other object of this file has. */
  newName(prefix: string): string {
    return `${prefix}-${++this.#nameCount}`;
  }

  async subscriber(): Promise<RecordingSubscriber> {
    const subscriber = await startRecordingSubscriber();
    this.#subscribers.push(subscriber);
    return subscriber;
  }

  /** What a Broker's `spec.config` refers to, with these settings. */
  async createSettings(
    settings: Record<string, string>,
  ): Promise<NonNullable<BrokerSpec['config']>> {
    const name = this.newName('settings');
    await this.mesh.client.create<ConfigMap>(configMapKind, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: this.namespace },
      data: settings,
    });
    return { apiVersion: 'v1', kind: 'ConfigMap', name };
  }

  async createBroker(
    spec: BrokerSpec = {},
    name = this.newName('broker'),
    annotations: Record<string, string> = {},
  ): Promise<Broker> {
    return this.mesh.client.create<Broker>(brokerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Broker',
      metadata: {
        name,
        namespace: this.namespace,
        annotations: { [brokerClassAnnotation]: jetmeshBrokerClass, ...annotations },
      },
      spec,
    });
  }

  async readyBroker(
    spec: BrokerSpec = {},
    name = this.newName('broker'),
    annotations: Record<string, string> = {},
  ): Promise<Broker> {
    await this.createBroker(spec, name, annotations);
    return this.untilReady<Broker>(brokerKind, name);
  }

  async createTrigger(
    spec: TriggerSpec,
    more: { name?: string; annotations?: Record<string, string> } = {},
  ): Promise<Trigger> {
    const { name = this.newName('trigger'), annotations = {} } = more;
    return this.mesh.client.create<Trigger>(triggerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Trigger',
      metadata: { name, namespace: this.namespace, annotations },
      spec,
    });
  }

  async readyTrigger(
    spec: TriggerSpec,
    more: { name?: string; annotations?: Record<string, string> } = {},
  ): Promise<Trigger> {
    const { metadata } = await this.createTrigger(spec, more);
    return this.untilReady<Trigger>(triggerKind, metadata.name);
  }

  /** A Ready Broker with one Ready Trigger to a subscriber of its own. */
  async route(
    options: {
      broker?: BrokerSpec;
      trigger?: Partial<TriggerSpec>;
      brokerAnnotations?: Record<string, string>;
      annotations?: Record<string, string>;
    } = {},
  ): Promise<{ url: string; broker: string; trigger: Trigger; subscriber: RecordingSubscriber }> {
    const subscriber = await this.subscriber();
    const name = this.newName('broker');
    const broker = await this.readyBroker(options.broker, name, options.brokerAnnotations);
    const trigger = await this.readyTrigger(
      { broker: broker.metadata.name, subscriber: { uri: subscriber.url }, ...options.trigger },
      { annotations: options.annotations ?? {} },
    );
    return { url: urlOf(broker), broker: broker.metadata.name, trigger, subscriber };
  }

  async get<T extends Broker | Trigger>(
    kind: typeof brokerKind,
    name: string,
  ): Promise<T | undefined> {
    return this.mesh.client.get<T>(kind, `${this.namespace}/${name}`);
  }

  /** The object once `condition` holds for it. */
  async untilObject<T extends Broker | Trigger>(
    kind: typeof brokerKind,
    name: string,
    condition: (object: T) => boolean,
  ): Promise<T> {
    return eventually(async () => {
      const object = await this.get<T>(kind, name);
      if (object !== undefined && condition(object)) return object;
      throw new Error(`${kind.kind} ${name} is ${JSON.stringify(object?.status)}`);
    });
  }

  untilReady<T extends Broker | Trigger>(kind: typeof brokerKind, name: string): Promise<T> {
    return this.untilObject<T>(kind, name, isReady);
  }
}

export function urlOf(broker: Broker): string {
  return broker.status?.address?.url ?? '';
}
