import { type Broker, brokerKind, type Trigger, triggerKind } from '@jetmesh/eventing-api';
import {
  connectJetStream,
  createRecordStore,
  createStreamAdmin,
  type JetStreamConnection,
  MessagePuller,
  openReplicaRegistry,
  Outbox,
} from '@jetmesh/jetstream';
import {
  type KubeClient,
  loadKubeClient,
  Reflector,
  ServiceDirectory,
} from '@jetmesh/kube-controller';
import {
  createLogger,
  createRegistry,
  type Logger,
  orAborted,
  type RunningProgram,
  startAdminServer,
} from '@jetmesh/service-runtime';
import type { DispatcherConfig } from './dispatcher-config.ts';
import { createDispatcherMetrics } from './dispatcher-metrics.ts';
import { ShadowListener } from './shadow/shadow-listener.ts';
import { SubscriberConnections } from './subscriber-connections.ts';
import { createTriggerDeliveries } from './trigger-deliveries.ts';

export interface RunningDispatcher extends RunningProgram {
  readonly adminPort: number;
}

/** Replies and parked events that wait for their confirmation; deliveries in flight bound them already. */
const outboxLimits = {
  maxOutstandingCount: 65_536,
  maxOutstandingBytes: 256 * 1024 * 1024,
  deadlineMs: 5_000,
};
/** What headers and, should the reply be parked one day, the reasons for it may add to its body. */
const replyReserveBytes = 20 * 1024;

/** Builds and starts the dispatcher; it delivers once it knows Triggers and Brokers and stands in contact with NATS. */
export async function startDispatcher(
  config: DispatcherConfig,
  signal: AbortSignal,
): Promise<RunningDispatcher> {
  const logger = createLogger({ component: 'dispatcher', level: config.admin.logLevel });
  const registry = createRegistry();
  const readiness = new DispatcherReadiness();
  const notReadyReasons = () => readiness.missing();
  const admin = await startAdminServer(config.admin, { registry, notReadyReasons, logger });

  const client = await loadKubeClient({
    ...(config.kubeconfig && { kubeconfig: config.kubeconfig }),
  });
  const triggers = new Reflector<Trigger>({ client, kind: triggerKind, logger });
  const brokers = new Reflector<Broker>({ client, kind: brokerKind, logger });
  const directory = await startDirectory(config, { client, logger, signal });
  const connection = await orAborted(connectJetStream(config.jetStream), signal);
  readiness.connection = connection;
  const puller = new MessagePuller(connection, { processMaxBytes: config.maxPrefetchBytes });
  const outbox = new Outbox(connection, outboxLimits);
  const connections = new SubscriberConnections(directory);
  const replicas = await openReplicaRegistry(connection);

  const metrics = createDispatcherMetrics(registry, () => deliveries.activeCount);
  const { defaults } = config;
  const deliveries = createTriggerDeliveries({
    puller,
    publisher: outbox,
    connections,
    recordStore: createRecordStore(connection, outbox, 'ATTEMPTS'),
    replicas,
    admin: createStreamAdmin(connection),
    triggers,
    brokers,
    defaults,
    metrics,
    maxReplyBytes: connection.maxPayloadBytes - replyReserveBytes,
    logger,
  });
  const shadow = new ShadowListener({ connection, triggers, brokers, defaults, registry });
  triggers.start(signal);
  brokers.start(signal);
  const synced = Promise.all([triggers.whenSynced(), brokers.whenSynced()]);
  await orAborted(synced, signal);
  deliveries.open();
  shadow.open();
  readiness.hasSynced = true;
  logger.info('The dispatcher delivers', { adminPort: admin.port });

  return {
    adminPort: admin.port,
    failed: connection.closed.then((error) => error ?? new Error('The NATS connection is closed')),
    async stop() {
      readiness.isStopping = true;
      shadow.close();
      await deliveries.stop(config.drainTimeoutMs);
      await replicas.close();
      for (const part of [puller, outbox, connection, connections, client, admin]) {
        await part.close();
      }
    },
  };
}

/** Only where there is no cluster DNS. */
async function startDirectory(
  config: DispatcherConfig,
  parts: { client: KubeClient; logger: Logger; signal: AbortSignal },
): Promise<ServiceDirectory | undefined> {
  if (!config.hasLocalServices) return undefined;
  const directory = new ServiceDirectory(parts);
  directory.start(parts.signal);
  await orAborted(directory.whenSynced(), parts.signal);
  return directory;
}

/** Why nothing is delivered yet, or any more. */
class DispatcherReadiness {
  connection: JetStreamConnection | undefined;
  hasSynced = false;
  isStopping = false;

  missing(): string[] {
    return [
      ...(this.connection?.isConnected === true ? [] : ['NATS is not connected']),
      ...(this.hasSynced ? [] : ['Triggers and Brokers are not known yet']),
      ...(this.isStopping ? ['the dispatcher is stopping'] : []),
    ];
  }
}
