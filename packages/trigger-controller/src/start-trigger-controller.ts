import {
  KubernetesEventRecorder,
  Leadership,
  loadKubeClient,
  repeat,
  type KubeClient,
} from '@jetmesh/kube-controller';
import {
  connectJetStream,
  createStreamAdmin,
  type JetStreamConnection,
  type StreamAdmin,
} from '@jetmesh/jetstream';
import {
  createLogger,
  createRegistry,
  orAborted,
  startAdminServer,
  type Logger,
  type Registry,
  type RunningProgram,
} from '@jetmesh/service-runtime';
import { watchCluster, type ClusterView } from './cluster/cluster-view.ts';
import type { TriggerControllerConfig } from './config.ts';
import {
  controllerMetrics,
  controllerNames,
  type ControllerMetrics,
} from './controller-metrics.ts';
import { createControllers, wakeAll, wakeBrokers, type Controllers } from './controllers.ts';
import { HealthWatch } from './health/health-watch.ts';
import { probeUrl } from './health/probe-url.ts';
import { declareDeadLetterMetrics } from './dead-letters/dead-letter-metrics.ts';
import { Janitor } from './janitor/janitor.ts';
import { requireLinkPolicy } from './require-link-policy.ts';
import { withoutSecrets } from './jetstream-settings.ts';
import { StreamSurvey } from './survey/stream-survey.ts';

export interface RunningTriggerController extends RunningProgram {
  readonly adminPort: number;
}

/** What no change tells is found after this time at the latest. */
const resyncIntervalMs = 600_000;
const probeIntervalMs = 1_000;
const probeDeadlineMs = 2_000;
/** A stream of a few MiB fills within seconds. */
const surveyIntervalMs = 1_000;

/** Builds and starts the program; it acts once it leads and knows the cluster. */
export async function startTriggerController(
  config: TriggerControllerConfig,
  signal: AbortSignal,
): Promise<RunningTriggerController> {
  const logger = createLogger({ component: 'trigger-controller', level: config.admin.logLevel });
  logger.info('Starting the trigger controller', {
    config: { ...config, jetStream: withoutSecrets(config.jetStream) },
  });
  const client = await loadKubeClient(
    config.kubeconfig === undefined ? {} : { kubeconfig: config.kubeconfig },
  );
  await requireLinkPolicy(client, config);
  const registry = createRegistry();
  const known: Known = {};
  const admin = await startAdminServer(config.admin, {
    registry,
    notReadyReasons: () => notReadyReasons(known),
    logger,
  });
  const watching = new AbortController();
  const { watchesEventTypes, brokerDefaultsNamespace } = config;
  const watched = { watchesEventTypes, brokerDefaultsNamespace };
  const cluster = watchCluster({ client, logger, ...watched }, watching.signal);
  known.cluster = cluster;
  const connection = await orAborted(connectJetStream(config.jetStream), signal);
  known.connection = connection;
  const all = { config, logger, registry, client, cluster, connection };
  const { controllers, leadership } = assemble(all);
  leadership.start();

  return {
    adminPort: admin.port,
    failed: Promise.race([lost(connection, watching.signal), leadership.lost]),
    async stop() {
      leadership.stop();
      await Promise.all(controllerNames.map((name) => controllers[name].stop()));
      await leadership.release();
      watching.abort();
      await Promise.all([connection.close(), client.close(), admin.close()]);
    },
  };
}

interface Parts {
  readonly config: TriggerControllerConfig;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly client: KubeClient;
  readonly cluster: ClusterView;
  readonly connection: JetStreamConnection;
}

/** Everything that only the leader does. */
function assemble(parts: Parts): { controllers: Controllers; leadership: Leadership } {
  const { config, logger, registry, client, cluster, connection } = parts;
  const admin = createStreamAdmin(connection);
  const recorder = new KubernetesEventRecorder({ client, component: 'trigger-controller', logger });
  const metrics = controllerMetrics(registry, (name) => controllers[name].queue.depth);
  const leadership: Leadership = new Leadership({
    client,
    logger,
    lease: config.hasLeaderElection
      ? { namespace: config.podNamespace, name: 'trigger-controller' }
      : undefined,
    identity: config.podName,
    onLeading: (signal) => void lead(parts, { controllers, janitor, survey, health, signal }),
  });
  const survey = new StreamSurvey({
    cluster,
    admin,
    logger,
    metrics: declareDeadLetterMetrics(registry, Date.now),
    nowMs: Date.now,
    onChange: (key) => controllers.trigger.queue.add(key),
  });
  const watchHealth = (url: string | undefined) =>
    new HealthWatch({
      probe: url === undefined ? undefined : () => probeUrl(url, probeDeadlineMs),
      intervalMs: probeIntervalMs,
      onChange: () => wakeBrokers(controllers, cluster),
    });
  const ingress = watchHealth(config.ingressProbeUrl);
  const dispatcher = watchHealth(config.dispatcherProbeUrl);
  const health = [ingress, dispatcher];
  const controllers = createControllers({
    config,
    client,
    cluster,
    connection,
    admin,
    recorder,
    logger,
    isLeading: () => leadership.isLeading,
    onReconciled: (name, reconciled) => metrics.reconciled(name, reconciled),
    ingress,
    dispatcher,
    survey,
  });
  const janitor = createJanitor(parts, { admin, metrics, controllers });
  return { controllers, leadership };
}

function createJanitor(
  { client, cluster, logger }: Parts,
  {
    admin,
    metrics,
    controllers,
  }: { admin: StreamAdmin; metrics: ControllerMetrics; controllers: Controllers },
): Janitor {
  return new Janitor({
    client,
    cluster,
    admin,
    logger,
    onMissing: ({ kind, key }) => controllers[kind].queue.add(key),
    onPurged: (count) => metrics.purged(count),
    onRemoved: (kind) => metrics.removed(kind),
    onLags: (lags) => metrics.lags(lags),
  });
}

interface Leading {
  readonly controllers: Controllers;
  readonly janitor: Janitor;
  readonly survey: StreamSurvey;
  readonly health: readonly HealthWatch[];
  readonly signal: AbortSignal;
}

/** Nothing is decided before all caches have synced: with one unknown, everything would look gone. */
async function lead(
  { config, cluster, connection, logger }: Parts,
  { controllers, janitor, survey, health, signal }: Leading,
): Promise<void> {
  await Promise.all([cluster.whenSynced(), ...health.map((one) => one.look())]);
  if (signal.aborted) return;
  logger.info('Reconciling');
  for (const name of controllerNames) controllers[name].start(signal);
  const attempt = (thing: string, act: () => Promise<void>) => async () => {
    try {
      await act();
    } catch (err) {
      logger.warn(`${thing} failed; the next one tries again`, { err });
    }
  };
  const sweep = attempt('A sweep of the janitor', () => janitor.sweep());
  const look = attempt('A look at the streams', () => survey.look());
  const resync = () => {
    wakeAll(controllers, cluster);
    return Promise.resolve();
  };
  connection.onConnectionChange((isConnected) => {
    if (isConnected) wakeAll(controllers, cluster);
  });
  await Promise.all([
    repeat(resync, resyncIntervalMs, signal),
    repeat(sweep, config.janitorIntervalMs, signal),
    repeat(look, surveyIntervalMs, signal),
    ...health.map((one) => one.run(signal)),
  ]);
}

/** Settles when the connection is gone for good, but not when this program closes it. */
function lost({ closed }: JetStreamConnection, ended: AbortSignal): Promise<Error> {
  return new Promise((resolve) => {
    void closed.then((error) => {
      if (!ended.aborted) resolve(error ?? new Error('The NATS connection is closed'));
    });
  });
}

/** What the start has got hold of so far. */
interface Known {
  cluster?: ClusterView;
  connection?: JetStreamConnection;
}

function notReadyReasons({ cluster, connection }: Known): string[] {
  const missingKinds = cluster?.missingKinds ?? ['Kubernetes objects'];
  return [
    ...missingKinds.map((kind) => `${kind} not known yet`),
    ...(connection?.isConnected === true ? [] : ['NATS is not connected']),
  ];
}
