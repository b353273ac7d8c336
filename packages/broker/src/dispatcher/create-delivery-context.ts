import type { DeliveryContext } from './delivery-context.ts';
import type { DeliveryPlan } from './delivery-plan.ts';
import type { DispatcherMetrics } from './dispatcher-metrics.ts';
import type { EventPublisher } from './event-publisher.ts';
import type { RequestDispatcher } from './send-event.ts';

/** What the deliveries of all Triggers share. */
export interface DeliveryParts {
  readonly publisher: EventPublisher;
  readonly connections: RequestDispatcher;
  readonly metrics: DispatcherMetrics;
  readonly maxReplyBytes: number;
}

/** What each delivery of one Trigger has in common, whichever way its events come. */
export type TriggerContext = Omit<DeliveryContext, 'isAbandoned' | 'parkUpTo' | 'records'>;

export function createDeliveryContext(
  triggerKey: string,
  plan: DeliveryPlan,
  { publisher, connections, metrics, maxReplyBytes }: DeliveryParts,
): TriggerContext {
  return {
    plan,
    connections,
    publisher,
    counts: metrics.countsOf(triggerKey),
    maxReplyBytes,
    observeAttemptMs: metrics.observeAttemptMs,
    now: Date.now,
  };
}
