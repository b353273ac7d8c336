import { compileFilters } from '@jetmesh/event-filter';
import { type MessagePuller, type RecordStore, streamName } from '@jetmesh/jetstream';
import type { Logger } from '@jetmesh/service-runtime';
import { DeliveryRecords } from './delivery-records.ts';
import type { DesiredSubscription } from './desired-subscription.ts';
import type { DispatcherMetrics } from './dispatcher-metrics.ts';
import type { EventPublisher } from './event-publisher.ts';
import type { RequestDispatcher } from './send-event.ts';
import { TriggerSubscription } from './trigger-subscription.ts';

export interface SubscriptionParts {
  readonly puller: Pick<MessagePuller, 'open'>;
  readonly publisher: EventPublisher;
  readonly connections: RequestDispatcher;
  readonly recordStore: RecordStore;
  readonly metrics: DispatcherMetrics;
  readonly maxReplyBytes: number;
  readonly logger: Logger;
}

const windowBytes = 8 * 1024 * 1024;

/** Makes the subscription for what a Trigger wants; undefined when its filter does not compile, which matches nothing. */
export function createSubscriptionFactory(parts: SubscriptionParts) {
  return (key: string, desired: DesiredSubscription): TriggerSubscription | undefined => {
    const logger = parts.logger.child({ trigger: key });
    const compiled = compileFilters(desired.filterSpec);
    if (compiled.kind === 'invalid') {
      logger.warn('The filter is invalid: nothing is delivered', { problems: compiled.problems });
      return undefined;
    }
    const { plan, stream, consumer } = desired;
    return new TriggerSubscription({
      stream,
      consumer,
      filter: compiled.filter,
      isParkingOnly: desired.isParkingOnly,
      context: {
        plan,
        connections: parts.connections,
        publisher: parts.publisher,
        records: new DeliveryRecords({
          triggerUid: plan.trigger.uid,
          store: parts.recordStore,
          hasRecordsInHeaders: stream !== streamName(plan.broker.uid),
        }),
        counts: parts.metrics.countsOf(key),
        maxReplyBytes: parts.maxReplyBytes,
        observeAttemptMs: parts.metrics.observeAttemptMs,
        now: Date.now,
      },
      puller: parts.puller,
      windowBytes,
      logger,
    });
  };
}
