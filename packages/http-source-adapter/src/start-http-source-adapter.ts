import { loadKubeClient, type KubeClient } from '@jetmesh/kube-controller';
import {
  createLogger,
  createRegistry,
  startAdminServer,
  type Logger,
  type RunningProgram,
} from '@jetmesh/service-runtime';
import { adapterEndpoints } from './adapter-endpoints.ts';
import type { AdapterConfig } from './config.ts';
import { BrokerClient } from './forward/broker-client.ts';
import { ShadowSender, type ShadowResult } from './forward/shadow-sender.ts';
import { adapterMetrics, type AdapterMetrics } from './metrics.ts';
import { LiveRoutes } from './routing/live-routes.ts';
import { RouteConfirmation } from './routing/route-confirmation.ts';
import { WatchedResources } from './routing/watched-resources.ts';
import { startAdapterServer } from './server/adapter-server.ts';
import { Admission } from './server/admission.ts';

export interface RunningAdapter extends RunningProgram {
  readonly port: number;
  readonly adminPort: number;
}

/** Senders in parallel to one ingress; more wait for a connection, within the deadline of their event. */
const maxConnectionsPerOrigin = 128;

/** Starts the adapter: it listens at once, and answers 503 until it knows the routes. */
export async function startHttpSourceAdapter(config: AdapterConfig): Promise<RunningAdapter> {
  const logger = createLogger({ component: 'http-source-adapter', level: config.admin.logLevel });
  const told = { ...config, shadowToken: config.shadowToken === undefined ? undefined : 'given' };
  logger.info('Starting the HTTP source adapter', { config: told });
  const { kubeconfig } = config;
  const client = await loadKubeClient(kubeconfig === undefined ? {} : { kubeconfig });
  const resources = new WatchedResources(client, logger);
  const { routes, confirmation } = confirmedRoutes(resources, { config, client, logger });
  const poster = new BrokerClient({ timeoutMs: config.forwardTimeoutMs, maxConnectionsPerOrigin });
  const admission = new Admission(config);
  const registry = createRegistry();
  const metrics = adapterMetrics(registry, {
    outstandingRequestCount: () => admission.outstandingCount,
    applicationCount: () => routes.inUse.table.applications.size,
  });
  const shadow = shadowSender(config, metrics);
  const watching = new AbortController();
  let isStopping = false;
  const notReadyReasons = () => (isStopping ? ['stopping'] : routes.notReadyReasons);

  const admin = await startAdminServer(config.admin, { registry, notReadyReasons, logger });
  const server = await startAdapterServer({
    host: config.httpHost,
    port: config.httpPort,
    context: {
      endpoints: adapterEndpoints({
        config,
        resources,
        routes: routes.inUse,
        isKnowledgeCurrent: () => confirmation.isCurrent,
        poster,
        shadow: shadow?.sender,
        metrics,
        logger,
      }),
      admission,
      clientCertificateCheck: config.clientCertificateCheck,
      notReadyReasons,
      hasRoutes: () => routes.areKnown,
      isKnownApplication: (name) => routes.inUse.table.applications.has(name),
    },
    onHandled: ({ endpoint, answer }, durationMs) =>
      metrics.requestHandled(endpoint, answer?.status, durationMs),
    onError: (err) => logger.error('A request failed in a way that nobody foresaw', { err }),
  });
  resources.start(watching.signal);

  const stop = async () => {
    isStopping = true;
    await server.close();
    await confirmation.stop();
    watching.abort();
    await Promise.all([poster.close(), shadow?.poster.close(), client.close(), admin.close()]);
  };
  return { port: server.port, adminPort: admin.port, stop };
}

/** Over connections of its own, so that it never holds up an event that somebody waits for. */
function shadowSender({ shadowToken: token }: AdapterConfig, metrics: AdapterMetrics) {
  if (token === undefined) return undefined;
  const poster = new BrokerClient({ timeoutMs: 2_000, maxConnectionsPerOrigin: 4 });
  const onResult = (result: ShadowResult) => metrics.shadowHandled(result);
  return { poster, sender: new ShadowSender({ poster, token, maxOutstanding: 256, onResult }) };
}

interface ConfirmationSurroundings {
  readonly config: AdapterConfig;
  readonly client: KubeClient;
  readonly logger: Logger;
}

/** Routes, and the Lease that names their generations from the first table on. */
function confirmedRoutes(
  resources: WatchedResources,
  { config, client, logger }: ConfirmationSurroundings,
): { routes: LiveRoutes; confirmation: RouteConfirmation } {
  const routes: LiveRoutes = new LiveRoutes(resources, config.busBrokerKey, () =>
    confirmation.confirm(),
  );
  const confirmation = new RouteConfirmation({
    client,
    logger,
    namespace: config.podNamespace,
    podName: config.podName,
    generations: () => routes.inUse.confirmedGenerations(),
    now: () => new Date(),
  });
  return { routes, confirmation };
}
