import assert from 'node:assert/strict';
import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import { withinDeadline } from '../connection/within-deadline.ts';
import { ByteBudget } from './byte-budget.ts';
import { ConsumerPull } from './consumer-pull.ts';
import { InProgressWheel } from './in-progress-wheel.ts';
import type { MessagePull, PullSettings } from './message-pull.ts';
import type { PullerContext, SharedPull } from './puller-context.ts';
import { settlements, SettlementQueue } from './settlement-queue.ts';

const laterMs = 10;
const longestTickMs = 250;
const flushDeadlineMs = 2_000;

export interface MessagePullerOptions {
  /** The consumers' ack wait: unsettled messages are reported as in progress well before it is over. */
  readonly ackWaitMs?: number;
  /** What all pulls together may hold; each may hold one largest message more. */
  readonly processMaxBytes?: number;
  /** How often the server must say that a pull waits there. */
  readonly idleHeartbeatMs?: number;
  readonly now?: () => number;
  readonly random?: () => number;
}

/**
 * All pulls of a process: they share one tick (silence, back-off, messages in progress), one write a turn for
 * settlements and new requests, and the byte budget.
 */
export class MessagePuller {
  readonly #connection: JetStreamConnection;
  readonly #now: () => number;
  readonly #tickMs: number;
  readonly #context: PullerContext & { tickedAt: number };
  readonly #forgetConnection: () => void;
  readonly #pulls = new Set<SharedPull>();
  readonly #refillThisTurn = new Set<SharedPull>();
  readonly #refillLater = new Set<SharedPull>();
  readonly #refillWithBudget = new Set<SharedPull>();
  #isTurnScheduled = false;
  #laterTimer: NodeJS.Timeout | undefined;
  #ticker: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(connection: JetStreamConnection, options: MessagePullerOptions = {}) {
    const { ackWaitMs = 30_000, processMaxBytes = 256 * 1024 ** 2 } = options;
    this.#connection = connection;
    this.#now = options.now ?? (() => performance.now());
    this.#tickMs = Math.min(longestTickMs, ackWaitMs / 12);
    this.#context = {
      connection,
      settlements: new SettlementQueue(connection),
      wheel: new InProgressWheel(ackWaitMs / 3),
      budget: new ByteBudget(processMaxBytes),
      idleHeartbeatMs: options.idleHeartbeatMs ?? 10_000,
      random: options.random ?? Math.random,
      tickedAt: this.#now(),
      ...this.#scheduling(),
    };
    this.#forgetConnection = connection.onConnectionChange((isConnected) => {
      this.#onConnectionChange(isConnected);
    });
  }

  open(settings: PullSettings): MessagePull {
    assert.ok(!this.#isClosed, 'The puller is closed');
    this.#ticker ??= setInterval(() => {
      this.#tick();
    }, this.#tickMs).unref();
    if (this.#pulls.size === 0) this.#context.tickedAt = this.#now();
    const pull = new ConsumerPull(this.#context, settings);
    this.#pulls.add(pull);
    return pull;
  }

  /** Stops every pull, gives back what is unsettled, and waits until the server has heard so. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const stopped = [...this.#pulls].map((pull) => pull.stop());
    for (const pull of this.#pulls) pull.nakUnsettled();
    await Promise.all(stopped);
    this.#forgetConnection();
    clearInterval(this.#ticker);
    clearTimeout(this.#laterTimer);
    if (this.#connection.isConnected) {
      await withinDeadline(this.#connection.port.flush(), flushDeadlineMs);
    }
  }

  #scheduling() {
    const inbox = this.#connection.port.newInbox();
    let lastInbox = 0;
    return {
      newPullInbox: () => `${inbox}.${++lastInbox}`,
      refillThisTurn: (pull: SharedPull) => {
        this.#refillThisTurn.add(pull);
        this.#scheduleTurn();
      },
      refillLater: (pull: SharedPull) => {
        this.#refillLater.add(pull);
        this.#laterTimer ??= setTimeout(() => {
          this.#laterTimer = undefined;
          this.#refillAll(this.#refillLater, true);
        }, laterMs);
      },
      refillWithBudget: (pull: SharedPull) => {
        this.#refillWithBudget.add(pull);
      },
      forget: (pull: SharedPull) => {
        for (const set of [this.#pulls, this.#refillThisTurn, this.#refillLater]) set.delete(pull);
        this.#refillWithBudget.delete(pull);
      },
    };
  }

  #scheduleTurn(): void {
    if (this.#isTurnScheduled) return;
    this.#isTurnScheduled = true;
    setImmediate(() => {
      this.#isTurnScheduled = false;
      this.#context.settlements.write();
      this.#refillAll(this.#refillThisTurn, false);
      if (this.#context.budget.freeBytes > 0) this.#refillAll(this.#refillWithBudget, true);
    });
  }

  #refillAll(pulls: Set<SharedPull>, isDue: boolean): void {
    const due = [...pulls];
    pulls.clear();
    for (const pull of due) pull.refill(isDue);
  }

  #tick(): void {
    const now = this.#now();
    this.#context.tickedAt = now;
    if (this.#connection.isConnected) {
      this.#context.wheel.turn(now, (held) => {
        this.#connection.port.publish(held.replySubject, settlements.inProgress);
      });
    }
    for (const pull of this.#pulls) pull.tick(now);
  }

  #onConnectionChange(isConnected: boolean): void {
    for (const pull of this.#pulls) {
      if (isConnected) pull.attach();
      else pull.detachAtDisconnect();
    }
    if (isConnected) this.#context.settlements.write();
  }
}
