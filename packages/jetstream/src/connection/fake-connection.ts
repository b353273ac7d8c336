import type { ClientMessage } from '../wire/client-message.ts';
import type { JetStreamConnection } from './jetstream-connection.ts';
import type { NatsPort, PortSubscription } from './nats-port.ts';
import { serverFeatures } from './server-features.ts';

export interface SentMessage {
  readonly subject: string;
  readonly data: string;
  readonly reply: string;
  readonly headers: string;
}

/** For tests: a connection whose server is the test. */
export class FakeConnection implements JetStreamConnection, NatsPort {
  readonly apiPrefix = '$JS.API';
  readonly port = this;
  readonly closed = new Promise<undefined>(() => undefined);
  features = serverFeatures('2.9.10');
  maxPayloadBytes = 1024 * 1024;
  isConnected = true;
  /** What reached the server, in order: `SUB x`, `UNSUB x`, `PUB x data`. */
  readonly log: string[] = [];
  readonly sent: SentMessage[] = [];
  readonly #listeners = new Set<(isConnected: boolean) => void>();
  readonly #subscriptions = new Map<string, (message: ClientMessage) => void>();
  #inboxCount = 0;

  onConnectionChange(listener: (isConnected: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  newInbox(): string {
    return `inbox${++this.#inboxCount}`;
  }

  publish(subject: string, data: Uint8Array, reply = '', headers?: Uint8Array): void {
    const text = Buffer.from(data).toString('latin1');
    this.sent.push({
      subject,
      data: text,
      reply,
      headers: Buffer.from(headers ?? []).toString('latin1'),
    });
    this.log.push(`PUB ${subject} ${text}`.trim());
  }

  subscribe(subject: string, onMessage: (message: ClientMessage) => void): PortSubscription {
    this.log.push(`SUB ${subject}`);
    this.#subscriptions.set(subject, onMessage);
    const unsubscribe = () => {
      this.#subscriptions.delete(subject);
    };
    return {
      unsubscribe,
      drain: () => {
        this.log.push(`UNSUB ${subject}`);
        return Promise.resolve().then(unsubscribe);
      },
    };
  }

  request(): Promise<ClientMessage> {
    throw new Error('No test asks this of the fake');
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  setConnected(isConnected: boolean): void {
    this.isConnected = isConnected;
    for (const listener of this.#listeners) listener(isConnected);
  }

  /** A message to an inbox; one of a stream has a reply subject. */
  deliver(
    inbox: string,
    message: { readonly headers?: string; readonly data?: string; readonly reply?: string },
  ): void {
    const { headers = '', data = '', reply } = message;
    const wildcard = inbox.replace(/[^.]+$/, '*');
    const onMessage = this.#subscriptions.get(inbox) ?? this.#subscriptions.get(wildcard);
    onMessage?.({
      _msg: {
        subject: Buffer.from(inbox),
        hdr: headers === '' ? -1 : headers.length,
        ...(reply === undefined ? {} : { reply: Buffer.from(reply) }),
      },
      _rdata: Buffer.from(`${headers}${data}`, 'latin1'),
    });
  }
}
