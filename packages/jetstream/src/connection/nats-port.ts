import type { ClientMessage } from '../wire/client-message.ts';

/** The four things that this package does with a NATS connection; everything else is built on them. */
export interface NatsPort {
  /** A subject prefix that nobody else has, for replies. */
  newInbox(): string;
  /**
   * Queues one message; all messages of one turn leave in few socket writes. Lost if the connection is.
   * `headers` is a whole header block, `NATS/1.0` line and closing blank line included.
   */
  publish(subject: string, data: Uint8Array, reply?: string, headers?: Uint8Array): void;
  /** Of subscriptions with one `group` each message reaches one. */
  subscribe(
    subject: string,
    onMessage: (message: ClientMessage) => void,
    options?: { readonly group?: string },
  ): PortSubscription;
  /** Rejects with the client's error at the deadline, or at once when nobody listens. */
  request(
    subject: string,
    data: Uint8Array,
    options: { readonly timeoutMs: number; readonly headers?: Uint8Array },
  ): Promise<ClientMessage>;
  /** Resolves once the server has read everything published so far. */
  flush(): Promise<void>;
}

export interface PortSubscription {
  /** Messages that are on their way are dropped. */
  unsubscribe(): void;
  /** The server stops at once; what it sent before still arrives, then the promise resolves. */
  drain(): Promise<void>;
}
