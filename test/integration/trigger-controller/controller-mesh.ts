import {
  brokerClassAnnotation,
  brokerKind,
  isReady,
  jetmeshBrokerClass,
  namespaceKind,
  serviceKind,
  triggerKind,
  type Broker,
  type BrokerSpec,
  type KubernetesObject,
  type ResourceKind,
  type Trigger,
  type TriggerSpec,
} from '@jetmesh/eventing-api';
import {
  connectJetStream,
  createStreamAdmin,
  type JetStreamConnection,
  type StreamAdmin,
} from '@jetmesh/jetstream';
import type { KubeClient } from '@jetmesh/kube-controller';
import {
  readTriggerControllerConfig,
  startTriggerController,
  type RunningTriggerController,
} from '@jetmesh/trigger-controller';
import { startKubernetesApi, type KubernetesApi } from '../../kube/support/start-kubernetes-api.ts';
import { eventually } from '../../support/eventually.ts';
import { startNatsServer, type NatsServer } from '../../support/nats-server.ts';

/** The trigger controller on a real nats-server and a Kubernetes API; the Namespace `team` is there. */
export class ControllerMesh {
  readonly nats: NatsServer;
  readonly connection: JetStreamConnection;
  readonly admin: StreamAdmin;
  readonly #api: KubernetesApi;
  readonly #programs = new Set<RunningTriggerController>();

  private constructor(parts: {
    api: KubernetesApi;
    nats: NatsServer;
    connection: JetStreamConnection;
  }) {
    this.#api = parts.api;
    this.nats = parts.nats;
    this.connection = parts.connection;
    this.admin = createStreamAdmin(parts.connection);
  }

  static async start(): Promise<ControllerMesh> {
    const [nats, api] = await Promise.all([
      startNatsServer(),
      startKubernetesApi({ namespaces: ['jetmesh-system', 'team'] }),
    ]);
    const connection = await connectJetStream({ servers: [nats.url], name: 'test' });
    return new ControllerMesh({ api, nats, connection });
  }

  get client(): KubeClient {
    return this.#api.client;
  }

  get kubeconfig(): string {
    return this.#api.kubeconfig;
  }

  async startController(env: Record<string, string> = {}): Promise<RunningTriggerController> {
    const config = readTriggerControllerConfig({
      KUBECONFIG: this.kubeconfig,
      NATS_SERVERS: this.nats.url,
      INGRESS_URL: 'http://ingress/',
      INGRESS_PROBE_URL: 'none',
      DISPATCHER_PROBE_URL: 'none',
      BROKER_DEFAULTS_NAMESPACE: 'jetmesh-system',
      ADMIN_HOST: '127.0.0.1',
      ADMIN_PORT: '0',
      LOG_LEVEL: 'error',
      LEADER_ELECTION: 'false',
      POD_NAME: 'test',
      ...env,
    });
    const running = await startTriggerController(
      { ...config, janitorIntervalMs: 200 },
      new AbortController().signal,
    );
    this.#programs.add(running);
    return running;
  }

  async stopController(program: RunningTriggerController): Promise<void> {
    this.#programs.delete(program);
    await program.stop();
  }

  async stop(): Promise<void> {
    for (const program of this.#programs) await program.stop();
    await this.connection.close();
    await this.#api.stop();
    await this.nats.stop();
  }

  createNamespace(name: string, labels: Record<string, string> = {}): Promise<KubernetesObject> {
    return this.client.create(namespaceKind, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels },
    });
  }

  createService(key: string): Promise<KubernetesObject> {
    const [serviceNamespace = '', name = ''] = key.split('/');
    return this.client.create(serviceKind, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: serviceNamespace },
      spec: { ports: [{ port: 80 }] },
    } as KubernetesObject);
  }

  createBroker(
    name: string,
    spec: BrokerSpec = {},
    annotations: Record<string, string> = { [brokerClassAnnotation]: jetmeshBrokerClass },
  ): Promise<Broker> {
    return this.client.create<Broker>(brokerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Broker',
      metadata: { name, namespace: 'team', annotations },
      spec,
    });
  }

  createTrigger(
    name: string,
    spec: Partial<TriggerSpec> = {},
    annotations: Record<string, string> = {},
  ): Promise<Trigger> {
    return this.client.create<Trigger>(triggerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Trigger',
      metadata: { name, namespace: 'team', annotations },
      spec: { broker: 'default', subscriber: { uri: 'http://receiver' }, ...spec },
    });
  }

  broker(name: string): Promise<Broker> {
    return this.#existing<Broker>(brokerKind, name);
  }

  trigger(name: string): Promise<Trigger> {
    return this.#existing<Trigger>(triggerKind, name);
  }

  readyBroker(name: string): Promise<Broker> {
    return untilReady(() => this.broker(name));
  }

  readyTrigger(name: string): Promise<Trigger> {
    return untilReady(() => this.trigger(name));
  }

  async #existing<T extends KubernetesObject>(kind: ResourceKind, name: string): Promise<T> {
    const object = await this.client.get<T>(kind, `team/${name}`);
    if (object === undefined) throw new Error(`${kind.kind} ${name} does not exist`);
    return object;
  }
}

function untilReady<T extends Broker | Trigger>(get: () => Promise<T>): Promise<T> {
  return eventually(async () => {
    const object = await get();
    if (isReady(object)) return object;
    throw new Error(`Not ready: ${JSON.stringify(object.status)}`);
  });
}
