import type { HttpMessage } from '@jetmesh/cloudevents-http';
import type { AddressedBroker } from '../routing/broker-route.ts';
import type { BrokerClientSettings } from './broker-client-settings.ts';
import { outcomeOfAnswer, type ForwardOutcome } from './forward-outcome.ts';
import type { Exchange } from './plain/plain-connection.ts';
import { PlainPool } from './plain/plain-pool.ts';
import { requestBytes } from './plain/request-bytes.ts';

interface Origin {
  readonly host: string;
  readonly pool: PlainPool;
}

/**
 * POSTs messages to Brokers without TLS, the hop of every event inside a cluster: over connections of its own, because
 * an HTTP library costs it more than everything else the adapter does (docs/decisions/0009).
 */
export class PlainBrokerPoster {
  readonly #settings: BrokerClientSettings;
  readonly #origins = new Map<string, Origin>();
  readonly #open = new Set<Promise<unknown>>();

  constructor(settings: BrokerClientSettings) {
    this.#settings = settings;
  }

  post({ key, address }: AddressedBroker, message: HttpMessage): Promise<ForwardOutcome> {
    const { host, pool } = this.#originOf(address.origin);
    const pieces = requestBytes({ host, path: address.path }, message);
    if (pieces === undefined) {
      const detail = `Broker "${key}": a header of the event would break the request`;
      return Promise.resolve({ kind: 'refused', detail });
    }
    return this.#exchange(key, pool, pieces);
  }

  /** Waits for what is under way, which the deadline bounds. */
  async close(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open);
    for (const { pool } of this.#origins.values()) pool.destroy();
  }

  #exchange(key: string, pool: PlainPool, pieces: readonly Buffer[]): Promise<ForwardOutcome> {
    const { timeoutMs } = this.#settings;
    const outcome = new Promise<ForwardOutcome>((resolve) => {
      const request = pool.send(pieces, (exchange) => {
        clearTimeout(timer);
        resolve(outcomeOf(key, exchange));
      });
      const timer = setTimeout(() => {
        const detail = `Broker "${key}" did not answer within ${timeoutMs} ms`;
        resolve({ kind: 'deadline', detail });
        request.abort();
      }, timeoutMs);
    });
    this.#open.add(outcome);
    void outcome.then(() => this.#open.delete(outcome));
    return outcome;
  }

  #originOf(origin: string): Origin {
    let known = this.#origins.get(origin);
    if (known === undefined) {
      const { host, hostname, port } = new URL(origin);
      const target = { hostname: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 80 };
      known = { host, pool: new PlainPool(target, this.#settings.maxConnectionsPerOrigin) };
      this.#origins.set(origin, known);
    }
    return known;
  }
}

function outcomeOf(key: string, exchange: Exchange): ForwardOutcome {
  return exchange.kind === 'answer'
    ? outcomeOfAnswer(key, exchange.status, exchange.retryAfter)
    : { kind: 'unreachable', detail: `Broker "${key}": ${exchange.detail}` };
}
