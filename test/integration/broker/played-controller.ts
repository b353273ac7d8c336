import { compileFilters } from '@jetmesh/event-filter';
import {
  type Broker,
  brokerClassAnnotation,
  brokerKind,
  type DeliverySpec,
  jetmeshAnnotations,
  jetmeshBrokerClass,
  type Trigger,
  triggerKind,
  type TriggerSpec,
} from '@jetmesh/eventing-api';
import {
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
import type { KubeClient } from '@jetmesh/kube-controller';

export interface BrokerOptions {
  readonly delivery?: DeliverySpec;
  readonly stream?: Partial<StreamSettings>;
  readonly annotations?: Record<string, string>;
}

export interface TriggerOptions {
  readonly subscriberUri: string;
  readonly deadLetterSinkUri?: string;
  readonly filter?: TriggerSpec['filter'];
  readonly delivery?: DeliverySpec;
  readonly annotations?: Record<string, string>;
  /** How long what a dispatcher had stays away when it crashes. */
  readonly ackWaitMs?: number;
}

/** A server reserves `maxBytes` of each stream. */
const smallStream: StreamSettings = { ...defaultStreamSettings, maxBytes: 64 * 1024 ** 2 };

/** The trigger controller's part of the contract with the data plane, done by hand: streams, consumers, status. */
export class PlayedController {
  readonly admin: StreamAdmin;
  readonly #client: KubeClient;
  readonly #connection: JetStreamConnection;
  readonly #namespace: string;
  #nameCount = 0;

  constructor(client: KubeClient, connection: JetStreamConnection, namespace: string) {
    this.#client = client;
    this.#connection = connection;
    this.#namespace = namespace;
    this.admin = createStreamAdmin(connection);
  }

  async createBroker(options: BrokerOptions, ingressOrigin: string): Promise<Broker> {
    const name = this.#newName('broker');
    const { metadata } = await this.#client.create<Broker>(brokerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Broker',
      metadata: {
        name,
        namespace: this.#namespace,
        annotations: { ...options.annotations, [brokerClassAnnotation]: jetmeshBrokerClass },
      },
      spec: { ...(options.delivery && { delivery: options.delivery }) },
    });
    const uid = metadata.uid ?? '';
    const settings = { ...smallStream, ...options.stream };
    await this.admin.ensureStream(streamConfig(uid, settings));
    await this.admin.ensureStream(deadLetterStreamConfig(uid, { ...settings, retention: 'kept' }));
    return this.#client.mergePatch<Broker>(
      brokerKind,
      this.#keyOf(name),
      {
        status: {
          address: { url: `${ingressOrigin}/${this.#keyOf(name)}` },
          annotations: { [jetmeshAnnotations.stream]: streamName(uid) },
        },
      },
      { subresource: 'status' },
    );
  }

  async createTrigger(broker: Broker, options: TriggerOptions): Promise<Trigger> {
    const name = this.#newName('trigger');
    const { filter, delivery, subscriberUri, deadLetterSinkUri, annotations = {} } = options;
    const created = await this.#client.create<Trigger>(triggerKind, {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Trigger',
      metadata: { name, namespace: this.#namespace, annotations },
      spec: {
        broker: broker.metadata.name,
        ...(filter && { filter }),
        ...(delivery && { delivery }),
        subscriber: { uri: subscriberUri },
      },
    });
    const consumer = await this.#ensureConsumer(broker, created, options.ackWaitMs);
    return this.#patchTrigger(name, {
      subscriberUri,
      ...(deadLetterSinkUri && { deadLetterSinkUri }),
      annotations: {
        [jetmeshAnnotations.stream]: streamOf(broker),
        [jetmeshAnnotations.consumer]: consumer,
      },
    });
  }

  /** The subscriber of a Trigger resolves to another address. */
  async redirect({ metadata }: Trigger, subscriberUri: string): Promise<void> {
    await this.#patchTrigger(metadata.name, { subscriberUri });
  }

  /** Sets annotations of a Trigger; null takes one away. */
  async annotate(
    { metadata }: Trigger,
    annotations: Readonly<Record<string, string | null>>,
  ): Promise<void> {
    const patch = { metadata: { annotations } };
    await this.#client.mergePatch<Trigger>(triggerKind, this.#keyOf(metadata.name), patch);
  }

  async deleteTrigger({ metadata }: Trigger): Promise<void> {
    await this.#client.delete(triggerKind, this.#keyOf(metadata.name));
  }

  async recreateConsumer(broker: Broker, trigger: Trigger): Promise<void> {
    const consumer = trigger.status?.annotations?.[jetmeshAnnotations.consumer] ?? '';
    await this.admin.deleteConsumer(streamOf(broker), consumer);
    await this.#ensureConsumer(broker, trigger);
  }

  /** Whether somebody waits for events of that Trigger. */
  async isPulled({ status }: Trigger): Promise<boolean> {
    const { annotations = {} } = status ?? {};
    const stream = annotations[jetmeshAnnotations.stream] ?? '';
    const consumer = annotations[jetmeshAnnotations.consumer] ?? '';
    const state = await this.admin.consumerState(stream, consumer);
    return (state?.numWaiting ?? 0) > 0;
  }

  /** Whether everything in a Broker's stream is delivered and acknowledged. */
  async isSettled(broker: Broker): Promise<boolean> {
    const consumers = await this.admin.listConsumers(streamOf(broker));
    return consumers.every(({ numAckPending, numPending }) => numAckPending + numPending === 0);
  }

  stored(broker: Broker): Promise<StoredMessage[]> {
    return this.#messagesOf(streamOf(broker));
  }

  /** What lies in the dead-letter stream of a Broker. */
  parked(broker: Broker): Promise<StoredMessage[]> {
    return this.#messagesOf(deadLetterStreamName(broker.metadata.uid ?? ''));
  }

  /** Until it is restored nothing can be parked. */
  async removeDeadLetterStream({ metadata }: Broker): Promise<{ restore(): Promise<unknown> }> {
    const uid = metadata.uid ?? '';
    await this.admin.deleteStream(deadLetterStreamName(uid));
    const config = deadLetterStreamConfig(uid, smallStream);
    return { restore: () => this.admin.ensureStream(config) };
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

  async #ensureConsumer(broker: Broker, trigger: Trigger, ackWaitMs = 30_000): Promise<string> {
    const compiled = compileFilters(trigger.spec);
    if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems));
    const { features } = this.#connection;
    const triggerUid = trigger.metadata.uid ?? '';
    const { narrowing } = compiled.filter;
    const subjects = filterSubjects(broker.metadata.uid ?? '', narrowing, features);
    const settings = { maxAckPending: 1000, ackWaitMs, start: { kind: 'new' } } as const;
    const config = consumerConfig(triggerUid, subjects, settings, features);
    await this.admin.ensureConsumer(streamOf(broker), config);
    return consumerName(triggerUid, subjects, features);
  }

  #patchTrigger(name: string, status: NonNullable<Trigger['status']>): Promise<Trigger> {
    const patch = { status };
    return this.#client.mergePatch<Trigger>(triggerKind, this.#keyOf(name), patch, {
      subresource: 'status',
    });
  }

  #keyOf(name: string): string {
    return `${this.#namespace}/${name}`;
  }

  #newName(prefix: string): string {
    this.#nameCount += 1;
    return `${prefix}-${this.#nameCount}`;
  }
}

function streamOf({ metadata }: Broker): string {
  return streamName(metadata.uid ?? '');
}
