import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import type { ByteBudget } from './byte-budget.ts';
import type { ConsumerPull } from './consumer-pull.ts';
import type { InProgressWheel } from './in-progress-wheel.ts';
import type { SettlementQueue } from './settlement-queue.ts';

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
  refillThisTurn(pull: ConsumerPull): void;
  /** Calls `refill` as due in a moment. */
  refillLater(pull: ConsumerPull): void;
  /** Calls `refill` once others have given bytes back. */
  refillWithBudget(pull: ConsumerPull): void;
  forget(pull: ConsumerPull): void;
}
