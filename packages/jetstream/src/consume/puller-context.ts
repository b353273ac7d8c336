import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import type { ByteBudget } from './byte-budget.ts';
import type { InProgressWheel } from './in-progress-wheel.ts';
import type { MessagePull } from './message-pull.ts';
import type { SettlementQueue } from './settlement-queue.ts';

/** A pull as its puller sees it. */
export interface SharedPull extends MessagePull {
  /** Asks for more, if there is room; `isDue` when a little room has waited long enough. */
  refill(isDue: boolean): void;
  tick(now: number): void;
  /** The connection is up. */
  attach(): void;
  /** The connection is down. */
  detachAtDisconnect(): void;
}

/** What all pulls of a process share. */
export interface PullerContext {
  readonly connection: JetStreamConnection;
  readonly settlements: SettlementQueue;
  readonly wheel: InProgressWheel;
  readonly budget: ByteBudget;
  readonly idleHeartbeatMs: number;
  readonly random: () => number;
  /** The time of the last tick: old by a tick at most, and free of cost. */
  readonly tickedAt: number;
  newPullInbox(): string;
  /** Calls `refill` at the end of this turn, and writes the settlements. */
  refillThisTurn(pull: SharedPull): void;
  /** Calls `refill` as due in a moment. */
  refillLater(pull: SharedPull): void;
  /** Calls `refill` once others have given bytes back. */
  refillWithBudget(pull: SharedPull): void;
  forget(pull: SharedPull): void;
}
