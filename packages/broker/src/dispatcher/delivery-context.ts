import type { DeliveryCounts } from './delivery-counts.ts';
import type { DeliveryPlan } from './delivery-plan.ts';
import type { DeliveryRecords } from './delivery-records.ts';
import type { EventPublisher } from './event-publisher.ts';
import type { RequestDispatcher } from './send-event.ts';

/** What delivering for one Trigger works with. */
export interface DeliveryContext {
  readonly plan: DeliveryPlan;
  readonly connections: RequestDispatcher;
  readonly publisher: EventPublisher;
  readonly records: Pick<DeliveryRecords, 'recall' | 'remember' | 'forget'>;
  readonly counts: DeliveryCounts;
  readonly maxReplyBytes: number;
  readonly observeAttemptMs: (durationMs: number) => void;
  readonly now: () => number;
  /** What is stored up to there is parked without another attempt: the Trigger holds more than its share. */
  readonly parkUpTo: () => number;
  /** The messages have been given back: whoever gets them next decides about them. */
  readonly isAbandoned: () => boolean;
}
