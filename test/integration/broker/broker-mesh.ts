import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  readDispatcherConfig,
  readIngressConfig,
  type RunningDispatcher,
  type RunningIngress,
  startDispatcher,
  startIngress,
} from '@jetmesh/broker';
import { compileFilters } from '@jetmesh/event-filter';
import {
  type Broker,
  brokerClassAnnotation,
  brokerKind,
  customResourceDefinitions,
  type DeliverySpec,
  jetmeshAnnotations,
  jetmeshBrokerClass,
  type Trigger,
  triggerKind,
  type TriggerSpec,
} from '@jetmesh/eventing-api';
import {
  connectJetStream,
  consumerConfig,
  consumerName,
  createStreamAdmin,
  deadLetterStreamConfig,
  deadLetterStreamName,
  defaultStreamSettings,
  filterSubjects,
  type JetStreamConnection,
  type StoredMessage,
  type StreamAdmin,
  streamConfig,
  streamName,
  type StreamSettings,
} from '@jetmesh/jetstream';
import {
  applyManifests,
  kubeconfigFor,
  type KubeApiServer,
  memoryStorage,
  startKubeApiServer,
} from '@jetmesh/kube-api-server';
import { type KubeClient, loadKubeClient } from '@jetmesh/kube-controller';
import { eventually } from '../../support/eventually.ts';
import { type NatsServer, startNatsServer } from '../../support/nats-server.ts';
import {
  type RecordingSubscriber,
  startRecordingSubscriber,
} from '../../support/recording-subscriber.ts';

export interface Route {
  readonly broker: Broker;
  readonly trigger: Trigger;
  readonly url: string;
  readonly subscriber: RecordingSubscriber;
}

export interface TriggerOptions {
  readonly subscriberUri: string;
  readonly deadLetterSinkUri?: string;
  readonly filter?: TriggerSpec['filter'];
  readonly delivery?: DeliverySpec;
  readonly annotations?: Record<string, string>;
}

const namespace = 'shop';

/**
 * Ingress and dispatcher on a real nats-server and the embedded Kubernetes API. The trigger controller's part (streams,
 * consumers, status) is done here by hand, as its contract with the data plane says.
 */
export class BrokerMesh {
  readonly nats: NatsServer;
  readonly client: KubeClient;
  readonly admin: StreamAdmin;
  readonly #folder: string;
  readonly #api: KubeApiServer;
  readonly #connection: JetStreamConnection;
  readonly #subscribers: RecordingSubscriber[] = [];
  readonly #programs = new Map<RunningIngress | RunningDispatcher, AbortController>();
  #ingress: RunningIngress | undefined;
  #nameCount = 0;

  private constructor(parts: {
    folder: string;
    nats: NatsServer;
    api: KubeApiServer;
    client: KubeClient;
    connection: JetStreamConnection;
  }) {
    this.#folder = parts.folder;
    this.nats = parts.nats;
    this.#api = parts.api;
    this.client = parts.client;
    this.#connection = parts.connection;
    this.admin = createStreamAdmin(parts.connection);
  }

  static async start(): Promise<BrokerMesh> {
    const folder = await mkdtemp(join(tmpdir(), 'jetmesh-broker-'));
    const [nats, api] = await Promise.all([
      startNatsServer(),
      startKubeApiServer({ storage: memoryStorage() }),
    ]);
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, kubeconfigFor(api));
    const client = await loadKubeClient({ kubeconfig });
    const connection = await connectJetStream({ servers: [nats.url], name: 'broker test' });
    const mesh = new BrokerMesh({ folder, nats, api, client, connection });
    await mesh.#prepareApi();
    return mesh;
  }

  async startIngress(env: Record<string, string> = {}): Promise<RunningIngress> {
    const abort = new AbortController();
    const config = readIngressConfig({
      ...this.#env(),
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: '0',
      ...env,
    });
    const ingress = await startIngress(config, abort.signal);
    this.#programs.set(ingress, abort);
    this.#ingress ??= ingress;
    return ingress;
  }

  async startDispatcher(env: Record<string, string> = {}): Promise<RunningDispatcher> {
    const abort = new AbortController();
    const dispatcher = await startDispatcher(
      readDispatcherConfig({ ...this.#env(), ...env }),
      abort.signal,
    );
    this.#programs.set(dispatcher, abort);
    return dispatcher;
  }

  async stopProgram(program: RunningIngress | RunningDispatcher): Promise<void> {
    const abort = this.#programs.get(program);
    if (abort === undefined) return;
    this.#programs.delete(program);
    await program.stop();
    abort.abort();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#programs.keys()].map((program) => this.stopProgram(program)));
    await Promise.all(this.#subscribers.map((subscriber) => subscriber.close()));
    await this.#connection.close();
    await this.client.close();
    await this.#api.close();
    await this.nats.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async subscriber(): Promise<RecordingSubscriber> {
    const subscriber = await startRecordingSubscriber();
    this.#subscribers.push(subscriber);
    return subscriber;
  }

  /** A Broker that the ingress serves. */
  async broker(
    options: { delivery?: DeliverySpec; stream?: Partial<StreamSettings>; name?: string } = {},
  ): Promise<Broker> {
    const created = await this.client.create<Broker>(brokerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Broker',
      metadata: {
        name: options.name ?? this.#newName('broker'),
        namespace,
        annotations: { [brokerClassAnnotation]: jetmeshBrokerClass },
      },
      spec: { ...(options.delivery && { delivery: options.delivery }) },
    });
    const uid = created.metadata.uid ?? '';
    const settings = { ...defaultStreamSettings, ...options.stream };
    await this.admin.ensureStream(streamConfig(uid, settings));
    await this.admin.ensureStream(deadLetterStreamConfig(uid, { ...settings, retention: 'kept' }));
    const key = `${namespace}/${created.metadata.name}`;
    const broker = await this.client.mergePatch<Broker>(
      brokerKind,
      key,
      {
        status: {
          address: { url: this.addressOf(created) },
          annotations: { [jetmeshAnnotations.stream]: streamName(uid) },
        },
      },
      { subresource: 'status' },
    );
    if (this.#ingress !== undefined) await this.#untilServed(broker);
    return broker;
  }

  /** A Trigger whose consumer a dispatcher pulls from, if one runs. */
  async trigger(broker: Broker, options: TriggerOptions): Promise<Trigger> {
    const created = await this.client.create<Trigger>(triggerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Trigger',
      metadata: {
        name: this.#newName('trigger'),
        namespace,
        annotations: options.annotations ?? {},
      },
      spec: {
        broker: broker.metadata.name,
        ...(options.filter && { filter: options.filter }),
        ...(options.delivery && { delivery: options.delivery }),
        subscriber: { uri: options.subscriberUri },
      },
    });
    const consumer = await this.#ensureConsumer(broker, created);
    const stream = streamName(broker.metadata.uid ?? '');
    const trigger = await this.client.mergePatch<Trigger>(
      triggerKind,
      `${namespace}/${created.metadata.name}`,
      {
        status: {
          subscriberUri: options.subscriberUri,
          ...(options.deadLetterSinkUri && { deadLetterSinkUri: options.deadLetterSinkUri }),
          annotations: {
            [jetmeshAnnotations.stream]: stream,
            [jetmeshAnnotations.consumer]: consumer,
          },
        },
      },
      { subresource: 'status' },
    );
    await this.#untilPulled(stream, consumer);
    return trigger;
  }

  /** A Broker with one Trigger to a subscriber of its own. */
  async route(options: Partial<TriggerOptions> = {}): Promise<Route> {
    const subscriber = await this.subscriber();
    const broker = await this.broker();
    const trigger = await this.trigger(broker, { subscriberUri: subscriber.url, ...options });
    return { broker, trigger, subscriber, url: this.addressOf(broker) };
  }

  /** As the trigger controller does when the subscriber resolves to another address. */
  async redirect({ metadata }: Trigger, subscriberUri: string): Promise<void> {
    const key = `${namespace}/${metadata.name}`;
    const patch = { status: { subscriberUri } };
    await this.client.mergePatch(triggerKind, key, patch, { subresource: 'status' });
  }

  async deleteTrigger({ metadata }: Trigger): Promise<void> {
    await this.client.delete(triggerKind, `${namespace}/${metadata.name}`);
  }

  addressOf({ metadata }: Broker): string {
    const port = this.#ingress?.port ?? 0;
    return `http://127.0.0.1:${port}/${namespace}/${metadata.name}`;
  }

  /** What lies in the dead-letter stream of a Broker. */
  async parked(broker: Broker): Promise<StoredMessage[]> {
    return this.#messagesOf(deadLetterStreamName(broker.metadata.uid ?? ''));
  }

  async stored(broker: Broker): Promise<StoredMessage[]> {
    return this.#messagesOf(streamName(broker.metadata.uid ?? ''));
  }

  async #messagesOf(stream: string): Promise<StoredMessage[]> {
    const state = await this.admin.streamState(stream);
    if (state === undefined || state.messages === 0) return [];
    const messages: StoredMessage[] = [];
    for (let sequence = state.firstSequence; sequence <= state.lastSequence; sequence += 1) {
      const message = await this.admin.readMessage(stream, sequence);
      if (message !== undefined) messages.push(message);
    }
    return messages;
  }

  async #ensureConsumer(broker: Broker, trigger: Trigger): Promise<string> {
    const compiled = compileFilters(trigger.spec);
    if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems));
    const { features } = this.#connection;
    const [brokerUid, triggerUid] = [broker.metadata.uid ?? '', trigger.metadata.uid ?? ''];
    const subjects = filterSubjects(brokerUid, compiled.filter.narrowing, features);
    const settings = {
      maxAckPending: 1000,
      ackWaitMs: 30_000,
      start: { kind: 'new' },
    } as const;
    const config = consumerConfig(triggerUid, subjects, settings, features);
    await this.admin.ensureConsumer(streamName(brokerUid), config);
    return consumerName(triggerUid, subjects, features);
  }

  async #untilPulled(stream: string, consumer: string): Promise<void> {
    await eventually(async () => {
      const state = await this.admin.consumerState(stream, consumer);
      return (state?.numWaiting ?? 0) > 0;
    });
  }

  async #untilServed(broker: Broker): Promise<void> {
    await eventually(async () => {
      const answer = await fetch(this.addressOf(broker), { method: 'POST' });
      return answer.status !== 404;
    });
  }

  async #prepareApi(): Promise<void> {
    const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
    await applyManifests(this.#api, { objects: [...customResourceDefinitions, shop] });
  }

  #env(): Record<string, string> {
    return {
      NATS_SERVERS: this.nats.url,
      KUBECONFIG: join(this.#folder, 'kubeconfig'),
      ADMIN_HOST: '127.0.0.1',
      ADMIN_PORT: '0',
      LOG_LEVEL: 'error',
    };
  }

  #newName(prefix: string): string {
    this.#nameCount += 1;
    return `${prefix}-${this.#nameCount}`;
  }
}
