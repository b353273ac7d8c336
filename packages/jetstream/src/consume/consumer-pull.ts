import assert from 'node:assert/strict';
import { DelayedReplies } from './delayed-replies.ts';
import type { DeliveredMessage } from './delivered-message.ts';
import { HeldMessage, type MessageOwner } from './held-message.ts';
import type { PullSettings } from './message-pull.ts';
import { nextAsk, type NextAsk } from './next-ask.ts';
import { PullHealth } from './pull-health.ts';
import { PullInbox, type PullInboxListener } from './pull-inbox.ts';
import { requestExpiresMs, type PullAsk } from './pull-request.ts';
import type { PullStatus } from './pull-status.ts';
import type { PullerContext, SharedPull } from './puller-context.ts';
import { settlements } from './settlement-queue.ts';

const largestSubjectBytes = 8_192;
const largestFloorBytes = 256 * 1024 ** 2;
/** What comes back sooner is not worth remembering. */
const longDelayMs = 1_000;
const legalName = /^[A-Za-z0-9_=-]{1,255}$/;

/**
 * One consumer, pulled for ever.
 *
 *   asking ⇄ backing off     the server refused, fell silent, or has no such consumer: asks again after a while
 *   asking ⇄ detached        no inbox: the connection is down, the owner paused, or requests are being taken back
 *   any → stopping → stopped nothing is handed over any more; stopped once all that was handed over is settled
 *
 * Invariant: unsettled + requested ≤ maxUnsettled; by bytes too, except that one largest message always has room.
 */
export class ConsumerPull implements SharedPull, MessageOwner, PullInboxListener {
  readonly stream: string;
  readonly consumer: string;
  readonly #context: PullerContext;
  readonly #settings: PullSettings;
  readonly #health: PullHealth;
  /** No consumer has other names; in a subject they could end the connection for everybody. */
  readonly #hasLegalNames: boolean;
  readonly #unsettled = new Map<number, HeldMessage>();
  readonly #delayed = new DelayedReplies();
  #maxUnsettled: number;
  #unsettledBytes = 0;
  #claimedBytes = 0;
  #floorBytes = 0;
  #largestBytes = 0;
  #inbox: PullInbox | undefined;
  #isAskAnswered = false;
  #isPaused = false;
  #isDetaching = false;
  #detached = Promise.resolve();
  #stopped: Promise<void> | undefined;
  #onSettled: () => void = () => undefined;

  constructor(context: PullerContext, settings: PullSettings) {
    const { stream, consumer } = settings;
    this.#context = context;
    this.#settings = settings;
    this.stream = stream;
    this.#maxUnsettled = settings.maxUnsettled;
    this.consumer = consumer;
    this.#health = new PullHealth({
      idleHeartbeatMs: context.idleHeartbeatMs,
      random: context.random,
      onMissing: () => settings.onConsumerMissing?.(),
    });
    this.#hasLegalNames = legalName.test(stream) && legalName.test(consumer);
    if (this.#hasLegalNames) this.attach();
    else queueMicrotask(() => this.#health.gone(context.tickedAt));
  }

  get unsettledCount(): number {
    return this.#unsettled.size;
  }

  setMaxUnsettled(count: number): void {
    assert.ok(count > 0, 'A pull needs a window');
    this.#maxUnsettled = count;
    const requestedCount = this.#inbox?.requestedCount ?? 0;
    const isTooMuch = requestedCount > 0 && this.#unsettled.size + requestedCount > count;
    if (isTooMuch) void this.#detach();
    this.#context.refillThisTurn(this);
  }

  recallDelayed(upToSequence: number): void {
    for (const replySubject of this.#delayed.take(upToSequence)) {
      this.#context.settlements.add(replySubject, settlements.nak);
    }
    this.#context.refillThisTurn(this);
  }

  pause(): void {
    this.#isPaused = true;
    void this.#detach();
  }

  resume(): void {
    this.#isPaused = false;
    this.attach();
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#drain(this.#detach());
    return this.#stopped;
  }

  nakUnsettled(): void {
    for (const held of [...this.#unsettled.values()]) held.giveBack();
  }

  /** Asks, if that is possible and wanted. */
  attach(): void {
    const isUnwanted = this.#isPaused || this.#isDetaching || this.#stopped !== undefined;
    const { connection } = this.#context;
    if (!this.#hasLegalNames || isUnwanted) return;
    if (this.#inbox !== undefined || !connection.isConnected) return;
    this.#floorBytes = connection.maxPayloadBytes + largestSubjectBytes;
    this.#inbox = new PullInbox(connection, this.#context.newPullInbox(), this);
    this.#health.heard(this.#context.tickedAt);
    this.#context.refillThisTurn(this);
  }

  /** The connection is down: the server forgets the requests, and messages on their way are lost. */
  detachAtDisconnect(): void {
    this.#inbox?.drop();
    this.#inbox = undefined;
    this.#health.restart();
    this.#reclaim();
  }

  tick(now: number): void {
    const inbox = this.#inbox;
    if (inbox === undefined) return;
    this.#health.tick(now);
    if (this.#health.isBackingOff) return;
    inbox.expire(now);
    if (inbox.requestedCount === 0) this.refill(true);
    else if (this.#health.isSilent(now)) {
      this.#health.unanswered(now);
      void this.#detach();
    }
  }

  refill(isDue: boolean): void {
    const inbox = this.#inbox;
    if (inbox === undefined || this.#health.isBackingOff) return;
    const ask = this.#nextAsk(inbox, isDue);
    switch (ask.kind) {
      case 'ask':
        this.#request(inbox, ask);
        return;
      case 'later':
        this.#context.refillLater(this);
        return;
      case 'wait-for-budget':
        this.#context.refillWithBudget(this);
        return;
      case 'wait':
        return;
    }
  }

  delay(held: HeldMessage, delayMs: number): void {
    if (delayMs >= longDelayMs) this.#delayed.remember(held.sequence, held.replySubject);
  }

  settle(held: HeldMessage, settlement: Buffer): void {
    this.#unsettled.delete(held.sequence);
    this.#unsettledBytes -= held.size;
    this.#reclaim();
    this.#context.wheel.remove(held);
    this.#context.settlements.add(held.replySubject, settlement);
    this.#context.refillThisTurn(this);
    if (this.#unsettled.size === 0) this.#onSettled();
  }

  onDelivery(delivered: DeliveredMessage): void {
    const now = this.#context.tickedAt;
    const held = new HeldMessage(this, delivered, now);
    this.#health.heard(now);
    this.#health.recovered();
    this.#isAskAnswered = true;
    this.#sized(held.size);
    if (this.#stopped !== undefined) {
      this.#context.settlements.add(held.replySubject, settlements.nak);
      this.#context.refillThisTurn(this);
      return;
    }
    const known = this.#unsettled.get(held.sequence);
    if (known !== undefined) {
      known.replySubject = held.replySubject;
      return;
    }
    this.#delayed.forget(held.sequence);
    this.#unsettled.set(held.sequence, held);
    this.#unsettledBytes += held.size;
    this.#reclaim();
    this.#context.wheel.add(held);
    this.#settings.onMessage(held);
  }

  onStatus(inbox: PullInbox, meaning: PullStatus): void {
    if (inbox !== this.#inbox) return;
    this.#reclaim();
    const now = this.#context.tickedAt;
    this.#health.heard(now);
    switch (meaning) {
      case 'alive':
        this.#health.recovered();
        return;
      case 'request-ended':
        this.#health.recovered();
        if (inbox.requestedCount === 0 && this.#unsettled.size === 0) this.#largestBytes = 0;
        this.#context.refillThisTurn(this);
        return;
      case 'message-too-large':
        this.#health.recovered();
        if (!this.#isAskAnswered) this.#raiseFloor();
        this.#context.refillThisTurn(this);
        return;
      case 'no-responders':
        this.#health.unanswered(now);
        return;
      case 'consumer-gone':
        this.#health.gone(now);
        return;
      case 'refused':
        this.#health.refused(now);
        void this.#detach();
        return;
    }
  }

  /** Not even one message had room: it was stored when the server allowed larger ones. */
  #raiseFloor(): void {
    this.#floorBytes = Math.min(2 * this.#floorBytes, largestFloorBytes);
    this.#health.refused(this.#context.tickedAt);
  }

  #nextAsk(inbox: PullInbox, isDue: boolean): NextAsk {
    return nextAsk(
      {
        maxUnsettled: this.#maxUnsettled,
        maxUnsettledBytes: this.#settings.maxUnsettledBytes,
        unsettledCount: this.#unsettled.size,
        unsettledBytes: this.#unsettledBytes,
        requestedCount: inbox.requestedCount,
        requestedBytes: inbox.requestedBytes,
        floorBytes: this.#floorBytes,
        budgetBytes: this.#context.budget.freeBytes,
        largestBytes: this.#largestBytes,
      },
      isDue,
    );
  }

  #request(inbox: PullInbox, ask: PullAsk): void {
    const { heartbeatMs } = this.#health;
    const expiresMs = requestExpiresMs(heartbeatMs, this.#context.random());
    this.#isAskAnswered = false;
    inbox.request(ask, { now: this.#context.tickedAt, heartbeatMs, expiresMs });
    this.#reclaim();
  }

  /** The largest of late: a larger one counts at once, after smaller ones it fades. */
  #sized(bytes: number): void {
    const fading = this.#largestBytes - (this.#largestBytes - bytes) / 64;
    this.#largestBytes = Math.max(bytes, fading);
  }

  /** Tells the budget what this pull holds and has asked for beyond the floor. */
  #reclaim(): void {
    const requestedBytes = this.#inbox?.requestedBytes ?? 0;
    const claimedBytes = this.#unsettledBytes + Math.max(0, requestedBytes - this.#floorBytes);
    this.#context.budget.change(claimedBytes - this.#claimedBytes);
    this.#claimedBytes = claimedBytes;
  }

  #detach(): Promise<void> {
    if (this.#inbox !== undefined) this.#detached = this.#takeBack(this.#inbox);
    return this.#detached;
  }

  /** Once what the server sent before has arrived, asks anew if that is still wanted. */
  async #takeBack(inbox: PullInbox): Promise<void> {
    this.#inbox = undefined;
    this.#isDetaching = true;
    this.#reclaim();
    await inbox.drain();
    this.#isDetaching = false;
    this.attach();
  }

  async #drain(detached: Promise<void>): Promise<void> {
    await detached;
    if (this.#unsettled.size > 0) {
      await new Promise<void>((resolve) => (this.#onSettled = resolve));
    }
    this.#context.settlements.write();
    this.#context.forget(this);
  }
}
