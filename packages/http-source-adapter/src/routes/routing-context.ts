import type { CloudEvent } from '@jetmesh/cloudevents-http';
import type { BrokerPoster } from '../forward/forward-event.ts';
import type { ForwardFailure } from '../forward/forward-outcome.ts';
import type { BrokerRoute } from '../routing/broker-route.ts';
import type { RouteTable } from '../routing/route-table.ts';
import type { RoutesInUse } from '../routing/routes-in-use.ts';

/** What every endpoint that forwards events works with. */
export interface RoutingContext {
  readonly routes: RoutesInUse;
  readonly poster: BrokerPoster;
  onForwardFailure(failure: ForwardFailure): void;
  /** Shows a stored event to Brokers that shall not deliver it; nobody waits for it. */
  showShadow(brokers: readonly BrokerRoute[], event: CloudEvent): void;
}

/** Runs `work` by the routes of this moment; they stay in use until it has ended. */
export async function withRoutes<T>(
  routes: RoutesInUse,
  work: (table: RouteTable) => Promise<T>,
): Promise<T> {
  const use = routes.enter();
  try {
    return await work(use.table);
  } finally {
    routes.leave(use);
  }
}
