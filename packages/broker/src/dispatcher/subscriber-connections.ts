import { Agent, buildConnector, Pool } from 'undici';
import { KeptConnectionClient, type TrackedDispatchOptions } from './kept-connection-client.ts';
import type { AttemptHandler } from './attempt-handler.ts';
import type { RequestDispatcher } from './send-event.ts';
import type { Target } from './target.ts';

/** Where a host name leads when there is no cluster DNS; `kube-controller`'s ServiceDirectory in local mode. */
export interface HostDirectory {
  lookUp(host: string, port: number): { host: string; port: number } | undefined;
}

const connectTimeoutMs = 10_000;

/**
 * Keep-alive connections to subscribers: one pool per origin (and CA bundle), one request at a time on a connection.
 * Pools have no bound of their own: every Trigger bounds its open requests, and a bound here would let a hanging
 * Trigger take the connections of another one with the same origin.
 */
export class SubscriberConnections implements RequestDispatcher {
  readonly #agents = new Map<string, Agent>();
  readonly #directory: HostDirectory | undefined;

  constructor(directory?: HostDirectory) {
    this.#directory = directory;
  }

  dispatch(target: Target, options: TrackedDispatchOptions, handler: AttemptHandler): void {
    this.#agentFor(target.caCertificates).dispatch(options, handler);
  }

  /** Ends the requests that are open, too. */
  async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.destroy()));
  }

  #agentFor(caCertificates: string | undefined): Agent {
    const key = caCertificates ?? '';
    let agent = this.#agents.get(key);
    if (agent === undefined) {
      agent = this.#createAgent(caCertificates);
      this.#agents.set(key, agent);
    }
    return agent;
  }

  #createAgent(caCertificates: string | undefined): Agent {
    const connect = this.#connector(caCertificates);
    const clientOptions = { connect, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 };
    return new Agent({
      factory: (origin) =>
        new Pool(origin, {
          ...clientOptions,
          factory: (url) => new KeptConnectionClient(url, clientOptions),
        }),
    });
  }

  #connector(caCertificates: string | undefined): buildConnector.connector {
    const connect = buildConnector({
      timeout: connectTimeoutMs,
      ...(caCertificates === undefined ? {} : { ca: caCertificates }),
    });
    const directory = this.#directory;
    if (directory === undefined) return connect;
    return (options, callback) => {
      const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
      const found = directory.lookUp(options.hostname, port);
      const local =
        found === undefined ? options : { ...options, hostname: found.host, port: `${found.port}` };
      connect(local, callback);
    };
  }
}
