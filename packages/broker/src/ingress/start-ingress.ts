import { type Broker, brokerKind } from '@jetmesh/eventing-api';
import {
  connectJetStream,
  type JetStreamConnection,
  Outbox,
  UnstoredMessages,
} from '@jetmesh/jetstream';
import { loadKubeClient, Reflector } from '@jetmesh/kube-controller';
import {
  createLogger,
  createRegistry,
  orAborted,
  type RunningProgram,
  startAdminServer,
} from '@jetmesh/service-runtime';
import { BrokerDirectory } from './broker-directory.ts';
import { EventTypeRecorder } from './event-type-recorder.ts';
import type { IngressConfig } from './ingress-config.ts';
import { createDurationHistogram, declareIngressMetrics } from './ingress-metrics.ts';
import { IngressServer, type ReceiveRequest } from './ingress-server.ts';
import { MessageIds } from './message-ids.ts';
import { BodyBudget } from './read-body.ts';
import { EventReceiver } from './receive-event.ts';
import { ShadowReceiver } from './shadow/shadow-receiver.ts';

export interface RunningIngress extends RunningProgram {
  readonly port: number;
  readonly adminPort: number;
}

/** Builds and starts the ingress; it takes events once it knows the Brokers and stands in contact with NATS. */
export async function startIngress(
  config: IngressConfig,
  signal: AbortSignal,
): Promise<RunningIngress> {
  const logger = createLogger({ component: 'ingress', level: config.admin.logLevel });
  const registry = createRegistry();
  const readiness = new IngressReadiness();
  const notReadyReasons = () => readiness.missing();
  const admin = await startAdminServer(config.admin, { registry, notReadyReasons, logger });

  const client = await loadKubeClient({
    ...(config.kubeconfig && { kubeconfig: config.kubeconfig }),
  });
  const brokers = new Reflector<Broker>({ client, kind: brokerKind, logger });
  const directory = new BrokerDirectory(brokers);
  brokers.start(signal);
  const connection = await orAborted(connectJetStream(config.jetStream), signal);
  readiness.connection = connection;
  const outbox = new Outbox(connection, {
    maxOutstandingCount: config.maxOutstandingCount,
    maxOutstandingBytes: config.maxOutstandingBytes,
    deadlineMs: config.publishDeadlineMs,
  });

  const eventTypes = config.createsEventTypes
    ? new EventTypeRecorder({ client, logger })
    : undefined;
  const budget = new BodyBudget(config.maxOutstandingBytes);
  const receiver = new EventReceiver({
    directory,
    outbox,
    messageIds: new MessageIds(),
    budget,
    maxEventBytes: config.maxEventBytes,
    maxPayloadBytes: () => connection.maxPayloadBytes,
    timeToLive: config.timeToLive,
    onStored: eventTypes && ((broker, event) => eventTypes.see(broker, event)),
    observeDurationMs: createDurationHistogram(registry),
    now: () => performance.now(),
    logger,
  });
  declareIngressMetrics(registry, {
    outbox,
    budget,
    brokers: () => directory.entries(),
    strayCounts: receiver.strayCounts,
  });

  await orAborted(brokers.whenSynced(), signal);
  readiness.hasSynced = true;
  const shadow = shadowReceiver(config, { directory, connection });
  const server = new IngressServer(receiving(receiver, shadow));
  const port = await server.listen(config.host, config.port);
  logger.info('The ingress takes events', { port, adminPort: admin.port });

  return {
    port,
    adminPort: admin.port,
    failed: connection.closed.then((error) => error ?? new Error('The NATS connection is closed')),
    async stop() {
      readiness.isStopping = true;
      await server.close();
      await outbox.close();
      await connection.close();
      await client.close();
      await admin.close();
    },
  };
}

function receiving(receiver: EventReceiver, shadow: ShadowReceiver | undefined): ReceiveRequest {
  return (request, response, isContinueExpected) => {
    if (shadow?.takes(request) === true) shadow.receive(request, response);
    else receiver.receive(request, response, isContinueExpected);
  };
}

/** Without a token there is no such path. */
function shadowReceiver(
  { shadowToken: token, timeToLive }: IngressConfig,
  parts: { directory: BrokerDirectory; connection: JetStreamConnection },
): ShadowReceiver | undefined {
  if (token === undefined) return undefined;
  const messages = new UnstoredMessages(parts.connection);
  const publish = (subject: string, text: string) => messages.publish(subject, text);
  return new ShadowReceiver({ token, directory: parts.directory, publish, timeToLive });
}

/** Why no event can be taken yet, or any more. */
class IngressReadiness {
  connection: JetStreamConnection | undefined;
  hasSynced = false;
  isStopping = false;

  missing(): string[] {
    return [
      ...(this.connection?.isConnected === true ? [] : ['NATS is not connected']),
      ...(this.hasSynced ? [] : ['the Brokers are not known yet']),
      ...(this.isStopping ? ['the ingress is stopping'] : []),
    ];
  }
}
