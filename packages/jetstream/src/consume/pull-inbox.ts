import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import type { PortSubscription } from '../connection/nats-port.ts';
import { withinDeadline } from '../connection/within-deadline.ts';
import { parseAckSubject } from '../wire/ack-subject.ts';
import { bufferOf } from '../wire/buffer-of.ts';
import type { ClientMessage } from '../wire/client-message.ts';
import { serverStatus, type ServerStatus } from '../wire/server-status.ts';
import { deliveredBytes, type DeliveredMessage } from './delivered-message.ts';
import { OutstandingRequests } from './outstanding-requests.ts';
import { pullRequest, type PullAsk } from './pull-request.ts';
import { pullStatus, type PullStatus } from './pull-status.ts';

const drainDeadlineMs = 2_000;
const noPayload = Buffer.alloc(0);

export interface PullInboxListener {
  readonly stream: string;
  readonly consumer: string;
  onDelivery(delivered: DeliveredMessage): void;
  onStatus(inbox: PullInbox, status: PullStatus): void;
}

/**
 * Where the answers to pull requests arrive, and what is still to come. Requests end at the server with the interest
 * in their inbox: that is how they are taken back, so each pull has one of its own, and a new one after a break.
 */
export class PullInbox {
  readonly #connection: JetStreamConnection;
  readonly #subject: string;
  readonly #listener: PullInboxListener;
  readonly #subscription: PortSubscription;
  readonly #outstanding = new OutstandingRequests();

  constructor(connection: JetStreamConnection, subject: string, listener: PullInboxListener) {
    this.#connection = connection;
    this.#subject = subject;
    this.#listener = listener;
    this.#subscription = connection.port.subscribe(subject, (message) => {
      this.#onArrival(message);
    });
  }

  /** Asked for and not arrived. */
  get requestedCount(): number {
    return this.#outstanding.count;
  }

  get requestedBytes(): number {
    return this.#outstanding.bytes;
  }

  request(
    ask: PullAsk,
    timing: { readonly now: number; readonly heartbeatMs: number; readonly expiresMs: number },
  ): void {
    const { now, heartbeatMs, expiresMs } = timing;
    this.#outstanding.add(ask.batch, ask.maxBytes, now + expiresMs);
    this.#send('CONSUMER.MSG.NEXT', pullRequest(ask, heartbeatMs, expiresMs));
  }

  expire(now: number): void {
    this.#outstanding.expire(now);
  }

  /** The connection is gone: nothing will arrive. */
  drop(): void {
    this.#subscription.unsubscribe();
  }

  /**
   * Takes the requests back; resolves when what the server sent before has arrived. The question about the consumer,
   * whose answer nobody reads, makes the server look for requests without interest. Otherwise nats-server 2.9 finds
   * them only when it has a message for them, and a redelivery is then lost until the next ack wait.
   */
  async drain(): Promise<void> {
    const drained = this.#subscription.drain();
    this.#send('CONSUMER.INFO', noPayload);
    await withinDeadline(drained, drainDeadlineMs);
  }

  #send(endpoint: string, body: Buffer): void {
    const { apiPrefix, port } = this.#connection;
    const { stream, consumer } = this.#listener;
    port.publish(`${apiPrefix}.${endpoint}.${stream}.${consumer}`, body, this.#subject);
  }

  #onArrival(message: ClientMessage): void {
    const reply = message._msg.reply;
    const replySubject = reply === undefined ? '' : bufferOf(reply).toString('latin1');
    const parsed = parseAckSubject(replySubject);
    if (parsed !== undefined) {
      this.#outstanding.takeOff(1, deliveredBytes(message));
      this.#listener.onDelivery({ message, replySubject, parsed });
      return;
    }
    const status = serverStatus(message);
    if (status !== undefined) this.#onStatus(status);
  }

  /** A status without figures ends everything that was asked for. */
  #onStatus(status: ServerStatus): void {
    const meaning = pullStatus(status);
    if (meaning !== 'alive') {
      if (status.pendingCount === undefined) this.#outstanding.clear();
      else this.#outstanding.takeOff(status.pendingCount, status.pendingBytes ?? 0);
    }
    this.#listener.onStatus(this, meaning);
  }
}
