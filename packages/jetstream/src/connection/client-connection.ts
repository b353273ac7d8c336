import { Events, type NatsConnection } from 'nats';
import { ClientPort } from './client-port.ts';
import { JetStreamConnectionError } from './jetstream-connection-error.ts';
import type { JetStreamConnection } from './jetstream-connection.ts';
import { serverFeatures, type ServerFeatures } from './server-features.ts';
import { withinDeadline } from './within-deadline.ts';

const closeDeadlineMs = 2_000;

/**
 * `JetStreamConnection` over the `nats` client: connected ⇄ disconnected → closed. Closed is final: by `close()`,
 * by credentials that the server refused twice, or by a permission that we need and do not have.
 */
export class ClientConnection implements JetStreamConnection {
  readonly apiPrefix: string;
  readonly port: ClientPort;
  readonly closed: Promise<Error | undefined>;
  readonly #client: NatsConnection;
  readonly #listeners = new Set<(isConnected: boolean) => void>();
  #isConnected = true;
  #features: ServerFeatures = serverFeatures('');
  #maxPayloadBytes = 0;
  #failure: Error | undefined;

  constructor(client: NatsConnection, apiPrefix: string) {
    this.#client = client;
    this.apiPrefix = apiPrefix;
    this.port = new ClientPort(client, (error) => {
      this.#fail(error);
    });
    this.#readServer();
    this.closed = client.closed().then((error) => {
      this.#change(false);
      return this.#reasonOfEnd(error ?? undefined);
    });
    void this.#followStatus();
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  get features(): ServerFeatures {
    return this.#features;
  }

  get maxPayloadBytes(): number {
    return this.#maxPayloadBytes;
  }

  onConnectionChange(listener: (isConnected: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.#isConnected) await withinDeadline(this.port.flush(), closeDeadlineMs);
    await this.#client.close();
    await this.closed;
  }

  async #followStatus(): Promise<void> {
    for await (const status of this.#client.status()) {
      if (status.type === Events.Disconnect) this.#change(false);
      if (status.type === Events.Reconnect) {
        this.#readServer();
        this.#change(true);
      }
    }
  }

  #change(isConnected: boolean): void {
    if (this.#isConnected === isConnected) return;
    this.#isConnected = isConnected;
    for (const listener of [...this.#listeners]) listener(isConnected);
  }

  /** A cluster may be in the middle of an upgrade: the next server can be older or newer. */
  #readServer(): void {
    const { info } = this.#client;
    if (info === undefined) return;
    this.#features = serverFeatures(info.version);
    this.#maxPayloadBytes = info.max_payload;
  }

  #fail(error: Error): void {
    this.#failure ??= new JetStreamConnectionError(
      'NATS refused what Jetmesh cannot do without',
      error,
    );
    void this.#client.close();
  }

  #reasonOfEnd(error: Error | undefined): Error | undefined {
    if (this.#failure !== undefined || error === undefined) return this.#failure;
    return new JetStreamConnectionError('The connection to NATS ended for good', error);
  }
}
