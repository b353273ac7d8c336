import { randomUUID } from 'node:crypto';
import {
  connectJetStream,
  consumerConfig,
  createStreamAdmin,
  defaultStreamSettings,
  eventSubject,
  filterSubjects,
  streamConfig,
  type ConsumerSettings,
  type JetStreamConnection,
  type Outbox,
  type OutgoingMessage,
  type StreamAdmin,
  type StreamMessage,
  type StreamSettings,
  type SubjectNarrowing,
} from '@jetmesh/jetstream';
import {
  startNatsServer,
  type NatsServer,
  type NatsServerOptions,
} from '../../support/nats-server.ts';

const started: JetStreamFixture[] = [];

/** Ends whatever `startJetStream` has started in this file, tests that failed included. */
export async function stopAll(): Promise<void> {
  for (const fixture of started.splice(0)) await fixture.stop();
}

/** A real server and one connection to it. */
export interface JetStreamFixture {
  readonly server: NatsServer;
  readonly connection: JetStreamConnection;
  readonly admin: StreamAdmin;
  /** Twice does no harm. */
  stop(): Promise<void>;
}

export async function startJetStream(options: NatsServerOptions = {}): Promise<JetStreamFixture> {
  const server = await startNatsServer(options);
  const connection = await connectJetStream({ servers: [server.url], name: 'test' });
  const fixture = {
    server,
    connection,
    admin: createStreamAdmin(connection),
    async stop() {
      await connection.close();
      await server.stop();
    },
  };
  started.push(fixture);
  return fixture;
}

export interface TestBroker {
  readonly uid: string;
  readonly stream: string;
}

export async function aStream(
  { admin }: JetStreamFixture,
  settings: Partial<StreamSettings> = {},
): Promise<TestBroker> {
  const uid = randomUUID();
  const config = streamConfig(uid, testSettings(settings));
  await admin.ensureStream(config);
  return { uid, stream: config.name };
}

/** Small enough that many fit into the store of a small machine: a server reserves `maxBytes` of each. */
export function testSettings(settings: Partial<StreamSettings> = {}): StreamSettings {
  return { ...defaultStreamSettings, maxBytes: 64 * 1024 ** 2, ...settings };
}

export interface TestConsumer extends TestBroker {
  readonly consumer: string;
}

export async function aConsumer(
  { admin, connection }: JetStreamFixture,
  broker: TestBroker,
  options: Partial<ConsumerSettings> & {
    readonly triggerUid?: string;
    readonly narrowing?: SubjectNarrowing;
  } = {},
): Promise<TestConsumer> {
  const { triggerUid = randomUUID(), narrowing = new Map(), ...settings } = options;
  const subjects = filterSubjects(broker.uid, narrowing, connection.features);
  const config = consumerConfig(
    triggerUid,
    subjects,
    { maxAckPending: 1000, ackWaitMs: 30_000, start: { kind: 'new' }, ...settings },
    connection.features,
  );
  await admin.ensureConsumer(broker.stream, config);
  return { ...broker, consumer: config.durable_name };
}

export function aMessage(
  broker: TestBroker,
  message: { type?: string; source?: string; id?: string; data?: string | Buffer } = {},
): OutgoingMessage {
  const { type = 'com.example.created', source = '/shop', id = randomUUID(), data = 'x' } = message;
  return {
    subject: eventSubject(broker.uid, { type, source }),
    headers: ['ce-id', id, 'ce-type', type, 'ce-source', source],
    data: Buffer.from(data),
    messageId: id,
  };
}

export const generousLimits = {
  maxOutstandingCount: 10_000,
  maxOutstandingBytes: 64 * 1024 ** 2,
  deadlineMs: 10_000,
};

export async function publishAll(
  outbox: Outbox,
  broker: TestBroker,
  ...data: (string | Buffer)[]
): Promise<void> {
  const messages = data.map((each) => aMessage(broker, { data: each }));
  const outcomes = await Promise.all(messages.map((message) => outbox.publish(message)));
  const failed = outcomes.find(({ kind }) => kind !== 'stored');
  if (failed !== undefined) throw new Error(`A publish ended as ${failed.kind}`);
}

export function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index));
}

export function text(message: StreamMessage): string {
  return message.data.toString('utf8');
}
