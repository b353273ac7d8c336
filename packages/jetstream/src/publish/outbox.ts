import assert from 'node:assert/strict';
import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import type { PortSubscription } from '../connection/nats-port.ts';
import { bufferOf } from '../wire/buffer-of.ts';
import type { ClientMessage } from '../wire/client-message.ts';
import { encodeHeaderBlock } from '../wire/header-block.ts';
import type { OutboxLimits } from './outbox-limits.ts';
import type { OutgoingMessage } from './outgoing-message.ts';
import type { OutstandingPublish } from './outstanding-publish.ts';
import type { PublishOutcome } from './publish-outcome.ts';
import { publishReply } from './publish-reply.ts';

const sweepMs = 100;
const shortestAttemptMs = 1_000;
const attemptsPerDeadline = 4;
const legalSubject = /^[!-~]{1,1024}$/;

const disconnected: PublishOutcome = { kind: 'unavailable', reason: 'disconnected' };
const overloaded: PublishOutcome = { kind: 'unavailable', reason: 'overloaded' };
const tooLate: PublishOutcome = { kind: 'unavailable', reason: 'deadline' };

/**
 * Publishes with an acknowledgement, many at once: one inbox for all PubAcks, a table from counter to publish, and one
 * write for all publishes of a turn of the event loop.
 *
 * A publish is *queued* (to be written at the end of this turn) → *sent* (until `resendAt`) → queued again … → settled,
 * by a PubAck or at its deadline. While the connection is down nothing is queued: the client would drop it. What is
 * outstanding then waits, and all of it is queued again at the reconnect, with the id by which the stream knows it.
 */
export class Outbox {
  readonly #connection: JetStreamConnection;
  readonly #limits: OutboxLimits;
  readonly #attemptMs: number;
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #replyPrefix: string;
  readonly #subscription: PortSubscription;
  readonly #forgetConnection: () => void;
  readonly #outstanding = new Map<number, OutstandingPublish>();
  #queue: number[] = [];
  #isWriteScheduled = false;
  #lastToken = 0;
  #outstandingBytes = 0;
  #sweeper: NodeJS.Timeout | undefined;
  #closed: Promise<void> | undefined;
  #onEmpty: () => void = () => undefined;

  constructor(
    connection: JetStreamConnection,
    limits: OutboxLimits,
    { now = () => performance.now(), random = Math.random } = {},
  ) {
    this.#connection = connection;
    this.#limits = limits;
    this.#attemptMs = Math.max(shortestAttemptMs, limits.deadlineMs / attemptsPerDeadline);
    this.#now = now;
    this.#random = random;
    const inbox = connection.port.newInbox();
    this.#replyPrefix = `${inbox}.`;
    this.#subscription = connection.port.subscribe(`${inbox}.*`, (reply) => {
      this.#onReply(reply);
    });
    this.#forgetConnection = connection.onConnectionChange((isConnected) => {
      this.#requeue(isConnected);
    });
  }

  get outstandingCount(): number {
    return this.#outstanding.size;
  }

  get outstandingBytes(): number {
    return this.#outstandingBytes;
  }

  publish(message: OutgoingMessage): Promise<PublishOutcome> {
    if (!legalSubject.test(message.subject)) assert.fail(`Illegal subject "${message.subject}"`);
    const headerBlock = encodeHeaderBlock(message.headers, message.messageId);
    const sizeBytes = headerBlock.length + message.data.length;
    const refusal = this.#refusal(sizeBytes);
    if (refusal !== undefined) return Promise.resolve(refusal);
    return new Promise((resolve) => {
      this.#admit({
        message,
        headerBlock,
        sizeBytes,
        deadlineAt: this.#now() + this.#limits.deadlineMs,
        resolve,
        resendAt: Infinity,
        isAnswered: false,
        lastWord: tooLate,
      });
    });
  }

  /** Takes no more; resolves when everything outstanding is settled, at the last deadline at the latest. */
  close(): Promise<void> {
    this.#closed ??= this.#drain();
    return this.#closed;
  }

  async #drain(): Promise<void> {
    const isEmpty = new Promise<void>((resolve) => (this.#onEmpty = resolve));
    if (this.#outstanding.size === 0) this.#onEmpty();
    await isEmpty;
    this.#forgetConnection();
    this.#subscription.unsubscribe();
    clearInterval(this.#sweeper);
  }

  #refusal(sizeBytes: number): PublishOutcome | undefined {
    const { maxOutstandingCount, maxOutstandingBytes } = this.#limits;
    const limitBytes = this.#connection.maxPayloadBytes;
    if (this.#closed !== undefined || !this.#connection.isConnected) return disconnected;
    if (sizeBytes > limitBytes) return { kind: 'too-large', limitBytes };
    const isFull =
      this.#outstanding.size >= maxOutstandingCount ||
      this.#outstandingBytes + sizeBytes > maxOutstandingBytes;
    return isFull ? overloaded : undefined;
  }

  #admit(publish: OutstandingPublish): void {
    const token = ++this.#lastToken;
    this.#outstanding.set(token, publish);
    this.#outstandingBytes += publish.sizeBytes;
    this.#sweeper ??= setInterval(() => {
      this.#sweep();
    }, sweepMs).unref();
    this.#enqueue(token, publish);
  }

  #enqueue(token: number, publish: OutstandingPublish): void {
    publish.resendAt = Infinity;
    this.#queue.push(token);
    if (this.#isWriteScheduled) return;
    this.#isWriteScheduled = true;
    setImmediate(() => {
      this.#write();
    });
  }

  #write(): void {
    this.#isWriteScheduled = false;
    const queue = this.#queue;
    this.#queue = [];
    if (!this.#connection.isConnected) return;
    const resendAt = this.#now() + this.#attemptMs;
    for (const token of queue) {
      const publish = this.#outstanding.get(token);
      if (publish === undefined) continue;
      publish.resendAt = resendAt;
      publish.isAnswered = false;
      this.#send(token, publish);
    }
  }

  #send(token: number, publish: OutstandingPublish): void {
    const limitBytes = this.#connection.maxPayloadBytes;
    if (publish.sizeBytes > limitBytes) {
      this.#settle(token, publish, { kind: 'too-large', limitBytes });
      return;
    }
    const { subject, data } = publish.message;
    const reply = `${this.#replyPrefix}${token}`;
    this.#connection.port.publish(subject, data, reply, publish.headerBlock);
  }

  #onReply(reply: ClientMessage): void {
    const token = this.#tokenOf(reply._msg.subject);
    const publish = this.#outstanding.get(token);
    if (publish === undefined) return;
    const meaning = publishReply(reply, this.#connection.maxPayloadBytes);
    if (meaning.kind === 'final') {
      this.#settle(token, publish, meaning.outcome);
      return;
    }
    publish.isAnswered = true;
    publish.lastWord = meaning.lastWord;
    publish.resendAt = this.#now() + 50 + 150 * this.#random();
  }

  #tokenOf(subject: Uint8Array): number {
    return Number(bufferOf(subject).toString('latin1', this.#replyPrefix.length));
  }

  #settle(token: number, publish: OutstandingPublish, outcome: PublishOutcome): void {
    this.#outstanding.delete(token);
    this.#outstandingBytes -= publish.sizeBytes;
    publish.resolve(outcome);
    if (this.#outstanding.size === 0) this.#onEmpty();
  }

  #requeue(isConnected: boolean): void {
    this.#queue = [];
    if (!isConnected) return;
    for (const [token, publish] of this.#outstanding) this.#enqueue(token, publish);
  }

  #sweep(): void {
    const now = this.#now();
    const { isConnected } = this.#connection;
    for (const [token, publish] of this.#outstanding) {
      if (now >= publish.deadlineAt) {
        this.#settle(token, publish, isConnected ? publish.lastWord : disconnected);
      } else if (isConnected && now >= publish.resendAt) {
        if (!publish.isAnswered) publish.lastWord = tooLate;
        this.#enqueue(token, publish);
      }
    }
    if (this.#outstanding.size > 0) return;
    clearInterval(this.#sweeper);
    this.#sweeper = undefined;
  }
}
