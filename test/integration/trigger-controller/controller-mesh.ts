import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  brokerClassAnnotation,
  brokerKind,
  customResourceDefinitions,
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
import {
  applyManifests,
  kubeconfigFor,
  memoryStorage,
  startKubeApiServer,
  type KubeApiServer,
} from '@jetmesh/kube-api-server';
import { loadKubeClient, type KubeClient } from '@jetmesh/kube-controller';
import {
  readTriggerControllerConfig,
  startTriggerController,
  type RunningTriggerController,
} from '@jetmesh/trigger-controller';
import { eventually } from '../../support/eventually.ts';
import { startNatsServer, type NatsServer } from '../../support/nats-server.ts';

/** The trigger controller on a real nats-server and the embedded Kubernetes API; the Namespace `team` is there. */
export class ControllerMesh {
  readonly nats: NatsServer;
  readonly client: KubeClient;
  readonly connection: JetStreamConnection;
  readonly admin: StreamAdmin;
  readonly kubeconfig: string;
  readonly #folder: string;
  readonly #api: KubeApiServer;
  readonly #programs = new Set<RunningTriggerController>();

  private constructor(parts: {
    folder: string;
    kubeconfig: string;
    api: KubeApiServer;
    nats: NatsServer;
    client: KubeClient;
    connection: JetStreamConnection;
  }) {
    this.#folder = parts.folder;
    this.kubeconfig = parts.kubeconfig;
    this.#api = parts.api;
    this.nats = parts.nats;
    this.client = parts.client;
    this.connection = parts.connection;
    this.admin = createStreamAdmin(parts.connection);
  }

  static async start(): Promise<ControllerMesh> {
    const [nats, api] = await Promise.all([
      startNatsServer(),
      startKubeApiServer({ storage: memoryStorage() }),
    ]);
    await applyManifests(api, {
      objects: [...customResourceDefinitions, namespace('jetmesh-system'), namespace('team')],
    });
    const folder = await mkdtemp(join(tmpdir(), 'jetmesh-controller-'));
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, kubeconfigFor(api));
    const client = await loadKubeClient({ kubeconfig });
    const connection = await connectJetStream({ servers: [nats.url], name: 'test' });
    return new ControllerMesh({ folder, kubeconfig, api, nats, client, connection });
  }

  async startController(env: Record<string, string> = {}): Promise<RunningTriggerController> {
    const config = readTriggerControllerConfig({
      KUBECONFIG: this.kubeconfig,
      NATS_SERVERS: this.nats.url,
      INGRESS_URL: 'http://ingress/',
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
    await this.client.close();
    await this.#api.close();
    await this.nats.stop();
    await rm(this.#folder, { recursive: true });
  }

  createNamespace(name: string, labels: Record<string, string> = {}): Promise<KubernetesObject> {
    return this.client.create(namespaceKind, {
      ...namespace(name),
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

function namespace(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}
