import { routeTable, type RouteTable } from './route-table.ts';
import { RoutesInUse } from './routes-in-use.ts';
import type { WatchedResources } from './watched-resources.ts';

/**
 * The routes as the watched resources describe them. Nothing is routed before all kinds are known, and a burst of
 * changes makes one table.
 */
export class LiveRoutes {
  readonly inUse: RoutesInUse;
  readonly #resources: WatchedResources;
  readonly #busBrokerKey: string;
  #isScheduled = false;
  #areKnown = false;

  constructor(resources: WatchedResources, busBrokerKey: string, onConfirmed: () => void) {
    this.#resources = resources;
    this.#busBrokerKey = busBrokerKey;
    this.inUse = new RoutesInUse(this.#table(), onConfirmed);
    const { httpSources, eventActivations, brokers } = resources;
    for (const reflector of [httpSources, eventActivations, brokers]) {
      reflector.subscribe(() => this.#schedule());
      void reflector.whenSynced().then(() => this.#schedule());
    }
  }

  /** Whether the first table is in place. */
  get areKnown(): boolean {
    return this.#areKnown;
  }

  get notReadyReasons(): string[] {
    if (this.#areKnown) return [];
    return this.#resources.missingRouteKinds.map((kind) => `every ${kind} is still being listed`);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#rebuild());
  }

  #rebuild(): void {
    this.#isScheduled = false;
    if (this.#resources.missingRouteKinds.length > 0) return;
    this.#areKnown = true;
    this.inUse.replace(this.#table());
  }

  #table(): RouteTable {
    const { httpSources, eventActivations, brokers } = this.#resources;
    return routeTable({
      httpSources: httpSources.store.list(),
      eventActivations: eventActivations.store.list(),
      brokerOf: (key) => brokers.store.get(key),
      busBrokerKey: this.#busBrokerKey,
    });
  }
}
