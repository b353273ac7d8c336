import type { Logger } from '@jetmesh/service-runtime';
import { randomUUID } from 'node:crypto';
import type { AdapterConfig } from './config.ts';
import { ForwardFailureLog } from './forward/forward-failure-log.ts';
import type { BrokerPoster } from './forward/forward-event.ts';
import type { ShadowSender } from './forward/shadow-sender.ts';
import type { AdapterMetrics } from './metrics.ts';
import { cloudEventsEndpoint } from './routes/cloud-events.ts';
import { legacyEventsEndpoint } from './routes/legacy-events.ts';
import { publishEndpoint } from './routes/publish.ts';
import type { RoutingContext } from './routes/routing-context.ts';
import { subscribedEventsEndpoint, type Subscribers } from './routes/subscribed-events.ts';
import type { RoutesInUse } from './routing/routes-in-use.ts';
import type { WatchedResources } from './routing/watched-resources.ts';
import type { RequestContext } from './server/handle-request.ts';
import { watchTriggers } from './subscribed/watch-triggers.ts';

export interface EndpointSurroundings {
  readonly config: AdapterConfig;
  readonly resources: WatchedResources;
  readonly routes: RoutesInUse;
  /** Whether what is known of the Kubernetes API is of these seconds. */
  isKnowledgeCurrent(): boolean;
  readonly poster: BrokerPoster;
  /** Undefined without a token: then there are no shadow events. */
  readonly shadow: ShadowSender | undefined;
  readonly metrics: AdapterMetrics;
  readonly logger: Logger;
}

/** The doors of the adapter, wired. */
export function adapterEndpoints(surroundings: EndpointSurroundings): RequestContext['endpoints'] {
  const { config, resources } = surroundings;
  const context = routingContext(surroundings);
  const canBeReceived = watchTriggers(resources.triggers, () => surroundings.isKnowledgeCurrent());
  const legacy = { ...context, newId: randomUUID, canBeReceived };
  const { maxLegacyBytes, maxEventBytes } = config;
  return {
    'legacy-v1': legacyEventsEndpoint('v1', legacy, maxLegacyBytes),
    'legacy-v2': legacyEventsEndpoint('v2', legacy, maxLegacyBytes),
    subscribed: subscribedEventsEndpoint(subscribersOf(resources), maxLegacyBytes),
    events: cloudEventsEndpoint(context, { maxBodyBytes: maxEventBytes, now: () => new Date() }),
    publish: publishEndpoint(context, maxEventBytes),
  };
}

function routingContext(surroundings: EndpointSurroundings): RoutingContext {
  const { routes, poster, shadow, metrics, logger } = surroundings;
  const log = new ForwardFailureLog(logger, () => performance.now());
  return {
    routes,
    poster,
    onForwardFailure: (failure) => {
      metrics.forwardFailed(failure.kind);
      log.add(failure);
    },
    showShadow: (brokers, event) => shadow?.send(brokers, event),
  };
}

function subscribersOf({ subscriptions, triggers }: WatchedResources): Subscribers {
  return {
    get hasSynced() {
      return subscriptions.hasSynced && triggers.hasSynced;
    },
    subscriptions: () => subscriptions.store.list(),
    triggers: () => triggers.store.list(),
  };
}
