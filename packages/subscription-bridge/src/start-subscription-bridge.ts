import {
  KubernetesEventRecorder,
  Leadership,
  loadKubeClient,
  repeat,
  type KubeClient,
} from '@jetmesh/kube-controller';
import {
  createLogger,
  createRegistry,
  startAdminServer,
  type Logger,
  type Registry,
  type RunningProgram,
} from '@jetmesh/service-runtime';
import { objectKey } from '@jetmesh/eventing-api';
import { watchCluster, type ClusterView } from './cluster-view.ts';
import type { SubscriptionBridgeConfig } from './config.ts';
import { controllerMetrics, controllerNames } from './controller-metrics.ts';
import { createControllers, wakeAll, type Controllers } from './controllers.ts';
import { AdapterLeases } from './http-source/adapter-leases.ts';

export interface RunningSubscriptionBridge extends RunningProgram {
  readonly adminPort: number;
}

/** What no change tells is found after this time at the latest. */
const resyncIntervalMs = 600_000;

/** Builds and starts the program; it acts once it leads and knows the cluster. */
export async function startSubscriptionBridge(
  config: SubscriptionBridgeConfig,
): Promise<RunningSubscriptionBridge> {
  const logger = createLogger({ component: 'subscription-bridge', level: config.admin.logLevel });
  logger.info('Starting the subscription bridge', { config });
  const registry = createRegistry();
  const watching = new AbortController();
  const client = await loadKubeClient(
    config.kubeconfig === undefined ? {} : { kubeconfig: config.kubeconfig },
  );
  const cluster = watchCluster(client, logger, watching.signal);
  const admin = await startAdminServer(config.admin, {
    registry,
    notReadyReasons: () => cluster.missingKinds.map((kind) => `${kind} not known yet`),
    logger,
  });
  const { controllers, leadership } = assemble({ config, logger, registry, client, cluster });
  leadership.start();

  return {
    adminPort: admin.port,
    failed: leadership.lost,
    async stop() {
      leadership.stop();
      await Promise.all(controllerNames.map((name) => controllers[name].stop()));
      await leadership.release();
      watching.abort();
      await Promise.all([client.close(), admin.close()]);
    },
  };
}

interface Parts {
  readonly config: SubscriptionBridgeConfig;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly client: KubeClient;
  readonly cluster: ClusterView;
}

/** Everything that only the leader does. */
function assemble(parts: Parts): { controllers: Controllers; leadership: Leadership } {
  const { config, logger, registry, client, cluster } = parts;
  const recorder = new KubernetesEventRecorder({
    client,
    component: 'subscription-bridge',
    logger,
  });
  const metrics = controllerMetrics(registry, (name) => controllers[name].queue.depth);
  const leases: AdapterLeases = new AdapterLeases({
    client,
    logger,
    namespace: config.podNamespace,
    now: () => new Date(),
    sweepGraceMs: config.leaseSweepGraceMs,
    onChange: () => wakeHttpSources(controllers, cluster),
  });
  const controllers = createControllers({
    config,
    client,
    cluster,
    leases,
    recorder,
    logger,
    onReconciled: (name, reconciled) => metrics.reconciled(name, reconciled),
  });
  const leadership = new Leadership({
    client,
    logger,
    lease: config.hasLeaderElection
      ? { namespace: config.podNamespace, name: 'subscription-bridge' }
      : undefined,
    identity: config.podName,
    onLeading: (signal) => void lead(parts, { controllers, leases, signal }),
  });
  return { controllers, leadership };
}

function wakeHttpSources(controllers: Controllers, { httpSources }: ClusterView): void {
  for (const { metadata } of httpSources.store.list()) {
    controllers['http-source'].queue.add(objectKey(metadata));
  }
}

/** Nothing is decided before all caches have synced: with one unknown, everything would look gone. */
async function lead(
  { config, cluster, logger }: Parts,
  {
    controllers,
    leases,
    signal,
  }: { controllers: Controllers; leases: AdapterLeases; signal: AbortSignal },
): Promise<void> {
  await cluster.whenSynced();
  await leases.look();
  if (signal.aborted) return;
  logger.info('Reconciling');
  for (const name of controllerNames) controllers[name].start(signal);
  const resync = () => {
    wakeAll(controllers, cluster);
    return Promise.resolve();
  };
  await Promise.all([
    repeat(resync, resyncIntervalMs, signal),
    repeat(() => leases.look(), config.leaseLookIntervalMs, signal),
  ]);
}
