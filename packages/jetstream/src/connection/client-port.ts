import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from 'nats';
import type { ClientMessage } from '../wire/client-message.ts';
import type { NatsPort, PortSubscription } from './nats-port.ts';

/** `NatsPort` over the `nats` client. The client only calls `encode()` on headers: `client-port.test.ts` pins that. */
export class ClientPort implements NatsPort {
  readonly #client: NatsConnection;
  readonly #onRefused: (error: Error) => void;

  constructor(client: NatsConnection, onRefused: (error: Error) => void) {
    this.#client = client;
    this.#onRefused = onRefused;
  }

  newInbox(): string {
    return createInbox();
  }

  publish(subject: string, data: Uint8Array, reply = '', headers?: Uint8Array): void {
    if (headers === undefined) this.#client.publish(subject, data, { reply });
    else this.#client.publish(subject, data, { reply, headers: encodedHeaders(headers) });
  }

  subscribe(
    subject: string,
    onMessage: (message: ClientMessage) => void,
    { group }: { readonly group?: string } = {},
  ): PortSubscription {
    const subscription = this.#client.subscribe(subject, {
      ...(group === undefined ? {} : { queue: group }),
      callback: (error, message) => {
        if (error !== null) this.#onRefused(error);
        else handOver(message, onMessage);
      },
    });
    return {
      unsubscribe: () => {
        subscription.unsubscribe();
      },
      // A connection that is gone has nothing left to drain.
      drain: () => subscription.drain().catch(() => undefined),
    };
  }

  async request(
    subject: string,
    data: Uint8Array,
    options: { readonly timeoutMs: number; readonly headers?: Uint8Array },
  ): Promise<ClientMessage> {
    const { timeoutMs, headers } = options;
    const reply = await this.#client.request(subject, data, {
      timeout: timeoutMs,
      ...(headers === undefined ? {} : { headers: encodedHeaders(headers) }),
    });
    return reply as unknown as ClientMessage;
  }

  flush(): Promise<void> {
    return this.#client.flush();
  }
}

function encodedHeaders(bytes: Uint8Array): MsgHdrs {
  return { encode: () => bytes } as unknown as MsgHdrs;
}

/** An exception would end the client's read loop in silence and leave a deaf connection: it must crash instead. */
function handOver(message: Msg, onMessage: (message: ClientMessage) => void): void {
  try {
    onMessage(message as unknown as ClientMessage);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
