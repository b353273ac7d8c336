import type { NatsPort, PortSubscription } from '../connection/nats-port.ts';
import { withinDeadline } from '../connection/within-deadline.ts';
import { parseAckSubject } from '../wire/ack-subject.ts';
import { bufferOf } from '../wire/buffer-of.ts';
import type { ClientMessage } from '../wire/client-message.ts';
import { serverStatus, type ServerStatus } from '../wire/server-status.ts';
import { deliveredBytes, type DeliveredMessage } from './delivered-message.ts';
import { pullStatus, type PullStatus } from './pull-status.ts';

const drainDeadlineMs = 2_000;

export interface PullInboxListener {
  onDelivery(delivered: DeliveredMessage): void;
  onStatus(inbox: PullInbox, status: PullStatus): void;
}

/**
 * Where the answers to pull requests arrive, and what is still to come. Requests end at the server with the interest
 * in their inbox: that is how they are taken back, so each pull has one of its own, and a new one after a break.
 */
export class PullInbox {
  readonly #subject: string;
  readonly #port: NatsPort;
  readonly #listener: PullInboxListener;
  readonly #subscription: PortSubscription;
  #requestedCount = 0;
  #requestedBytes = 0;

  constructor(port: NatsPort, subject: string, listener: PullInboxListener) {
    this.#port = port;
    this.#subject = subject;
    this.#listener = listener;
    this.#subscription = port.subscribe(subject, (message) => {
      this.#onArrival(message);
    });
  }

  /** Asked for and not arrived. */
  get requestedCount(): number {
    return this.#requestedCount;
  }

  get requestedBytes(): number {
    return this.#requestedBytes;
  }

  request(
    subject: string,
    body: Buffer,
    ask: { readonly batch: number; readonly maxBytes: number },
  ): void {
    this.#requestedCount += ask.batch;
    this.#requestedBytes += ask.maxBytes;
    this.#port.publish(subject, body, this.#subject);
  }

  /** The connection is gone: nothing will arrive. */
  drop(): void {
    this.#subscription.unsubscribe();
  }

  /** Takes the requests back; resolves when what the server sent before has arrived. */
  async drain(): Promise<void> {
    await withinDeadline(this.#subscription.drain(), drainDeadlineMs);
  }

  #onArrival(message: ClientMessage): void {
    const reply = message._msg.reply;
    const replySubject = reply === undefined ? '' : bufferOf(reply).toString('latin1');
    const parsed = parseAckSubject(replySubject);
    if (parsed !== undefined) {
      this.#takeOff(1, deliveredBytes(message));
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
      this.#takeOff(
        status.pendingCount ?? this.#requestedCount,
        status.pendingBytes ?? this.#requestedBytes,
      );
    }
    this.#listener.onStatus(this, meaning);
  }

  #takeOff(count: number, bytes: number): void {
    this.#requestedCount = Math.max(0, this.#requestedCount - count);
    this.#requestedBytes = Math.max(0, this.#requestedBytes - bytes);
    if (this.#requestedCount === 0) this.#requestedBytes = 0;
  }
}
