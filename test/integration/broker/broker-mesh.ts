import {
  readDispatcherConfig,
  readIngressConfig,
  type RunningDispatcher,
  type RunningIngress,
  startDispatcher,
  startIngress,
} from '@jetmesh/broker';
import type { Broker, Trigger } from '@jetmesh/eventing-api';
import type { JetStreamConnection } from '@jetmesh/jetstream';
import type { KubeClient } from '@jetmesh/kube-controller';
import { eventually } from '../../support/eventually.ts';
import type { NatsServer } from '../../support/nats-server.ts';
import {
  type RecordingSubscriber,
  startRecordingSubscriber,
} from '../../support/recording-subscriber.ts';
import { DispatcherProcess } from './dispatcher-process.ts';
import { type BrokerOptions, PlayedController, type TriggerOptions } from './played-controller.ts';
import { startTestEnvironment, type TestEnvironment } from './test-environment.ts';

export interface Route {
  readonly broker: Broker;
  readonly trigger: Trigger;
  readonly url: string;
  readonly subscriber: RecordingSubscriber;
}

type Program = RunningIngress | RunningDispatcher;
type Variables = Readonly<Record<string, string>>;

const namespace = 'shop';

/** Ingress and dispatcher in this process, with real servers around them and a controller that the test plays. */
export class BrokerMesh {
  readonly nats: NatsServer;
  readonly client: KubeClient;
  readonly connection: JetStreamConnection;
  readonly controller: PlayedController;
  readonly #environment: TestEnvironment;
  readonly #subscribers: RecordingSubscriber[] = [];
  readonly #programs = new Map<Program, AbortController>();
  #ingress: RunningIngress | undefined;

  private constructor(environment: TestEnvironment) {
    this.#environment = environment;
    this.nats = environment.nats;
    this.client = environment.client;
    this.connection = environment.connection;
    this.controller = new PlayedController(this.client, this.connection, namespace);
  }

  static async start(): Promise<BrokerMesh> {
    return new BrokerMesh(await startTestEnvironment(namespace));
  }

  /** The first one is where the addresses of Brokers lead. */
  async startIngress(variables: Variables = {}): Promise<RunningIngress> {
    const local = { HTTP_HOST: '127.0.0.1', HTTP_PORT: '0' };
    const env = { ...this.#environment.variables, ...local, ...variables };
    const ingress = await this.#run((signal) => startIngress(readIngressConfig(env), signal));
    this.#ingress ??= ingress;
    return ingress;
  }

  async startDispatcher(variables: Variables = {}): Promise<RunningDispatcher> {
    const env = { ...this.#environment.variables, ...variables };
    return this.#run((signal) => startDispatcher(readDispatcherConfig(env), signal));
  }

  /** In a process of its own; the test ends it. */
  spawnDispatcher(): DispatcherProcess {
    return new DispatcherProcess(this.#environment.variables);
  }

  async stopProgram(program: Program): Promise<void> {
    const abort = this.#programs.get(program);
    if (abort === undefined) return;
    this.#programs.delete(program);
    abort.abort();
    await program.stop();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#programs.keys()].map((program) => this.stopProgram(program)));
    await Promise.all(this.#subscribers.map((subscriber) => subscriber.close()));
    await this.#environment.stop();
  }

  async subscriber(): Promise<RecordingSubscriber> {
    const subscriber = await startRecordingSubscriber();
    this.#subscribers.push(subscriber);
    return subscriber;
  }

  /** A Broker that the ingress serves. */
  async broker(options: BrokerOptions = {}): Promise<Broker> {
    const origin = `http://127.0.0.1:${this.#ingress?.port ?? 0}`;
    const broker = await this.controller.createBroker(options, origin);
    await eventually(async () => {
      const answer = await fetch(this.addressOf(broker), { method: 'POST' });
      return answer.status !== 404;
    });
    return broker;
  }

  /** A Trigger whose consumer a dispatcher pulls from. */
  async trigger(broker: Broker, options: TriggerOptions): Promise<Trigger> {
    const trigger = await this.controller.createTrigger(broker, options);
    await eventually(() => this.controller.isPulled(trigger));
    return trigger;
  }

  /** A Broker with one Trigger to a subscriber of its own. */
  async route(options: Partial<TriggerOptions> = {}): Promise<Route> {
    const subscriber = await this.subscriber();
    const broker = await this.broker();
    const trigger = await this.trigger(broker, { subscriberUri: subscriber.url, ...options });
    return { broker, trigger, subscriber, url: this.addressOf(broker) };
  }

  /** Of every program that runs. */
  adminPorts(): number[] {
    return [...this.#programs.keys()].map(({ adminPort }) => adminPort);
  }

  addressOf({ status }: Broker): string {
    return status?.address?.url ?? '';
  }

  async #run<P extends Program>(start: (signal: AbortSignal) => Promise<P>): Promise<P> {
    const abort = new AbortController();
    const program = await start(abort.signal);
    this.#programs.set(program, abort);
    return program;
  }
}
