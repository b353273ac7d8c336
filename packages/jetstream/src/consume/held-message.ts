import assert from 'node:assert/strict';
import { bufferOf } from '../wire/buffer-of.ts';
import type { ClientMessage } from '../wire/client-message.ts';
import { decodeHeaderBlock } from '../wire/header-block.ts';
import { deliveredBytes, type DeliveredMessage } from './delivered-message.ts';
import { settlements } from './settlement-queue.ts';
import type { StreamMessage } from './stream-message.ts';

/** Who is told how a message was settled. */
export interface MessageOwner {
  readonly stream: string;
  settle(held: HeldMessage, settlement: Buffer): void;
  /** It is settled by going back for so long. */
  delay(held: HeldMessage, delayMs: number): void;
}

/** `StreamMessage` as it came: held → settled, or held → given back by the owner, after which a settlement is void. */
export class HeldMessage implements StreamMessage {
  readonly stream: string;
  readonly sequence: number;
  readonly deliveryCount: number;
  readonly timestampMs: number;
  readonly pendingCount: number;
  readonly size: number;
  /** Where the settlement goes; a redelivery of a message that we hold replaces it. */
  replySubject: string;
  /** When the server last heard that we have it. */
  touchedAt: number;
  readonly #owner: MessageOwner;
  readonly #message: ClientMessage;
  #state: 'held' | 'settled' | 'given-back' = 'held';
  #headers: readonly string[] | undefined;

  constructor(owner: MessageOwner, delivered: DeliveredMessage, touchedAt: number) {
    const { message, replySubject, parsed } = delivered;
    this.stream = owner.stream;
    this.sequence = parsed.streamSequence;
    this.deliveryCount = parsed.deliveryCount;
    this.timestampMs = parsed.timestampMs;
    this.pendingCount = parsed.pendingCount;
    this.size = deliveredBytes(message);
    this.replySubject = replySubject;
    this.touchedAt = touchedAt;
    this.#owner = owner;
    this.#message = message;
  }

  get subject(): string {
    return bufferOf(this.#message._msg.subject).toString('latin1');
  }

  get headers(): readonly string[] {
    const { _msg, _rdata } = this.#message;
    this.#headers ??= _msg.hdr > 0 ? decodeHeaderBlock(_rdata.subarray(0, _msg.hdr)) : [];
    return this.#headers;
  }

  get data(): Buffer {
    const { _msg, _rdata } = this.#message;
    return bufferOf(_msg.hdr > 0 ? _rdata.subarray(_msg.hdr) : _rdata);
  }

  ack(): void {
    this.#settle(settlements.ack);
  }

  nak(delayMs: number): void {
    if (this.#state === 'held') this.#owner.delay(this, delayMs);
    this.#settle(settlements.nakAfter(delayMs));
  }

  term(): void {
    this.#settle(settlements.term);
  }

  /** The owner gives it back in place of whoever holds it. */
  giveBack(): void {
    this.#settle(settlements.nak);
    this.#state = 'given-back';
  }

  #settle(settlement: Buffer): void {
    if (this.#state === 'given-back') return;
    if (this.#state === 'settled') assert.fail(`Message ${this.sequence} is settled twice`);
    this.#state = 'settled';
    this.#owner.settle(this, settlement);
  }
}
