import { type CompiledFilter, compileFilters } from '@jetmesh/event-filter';
import {
  type MessagePuller,
  type RecordStore,
  type ReplicaRegistry,
  type StreamAdmin,
  streamName,
} from '@jetmesh/jetstream';
import type { Logger } from '@jetmesh/service-runtime';
import { createDeliveryContext, type DeliveryParts } from './create-delivery-context.ts';
import { DeliveryRecords } from './delivery-records.ts';
import type { DesiredSubscription } from './desired-subscription.ts';
import { ExclusiveSubscription } from './exclusive-subscription.ts';
import { FencedRequests } from './fenced-requests.ts';
import { readBacklog } from './read-backlog.ts';
import type { RunningSubscription } from './subscription-set.ts';
import type { UnsettledBacklog } from './take-over.ts';
import { TriggerSubscription } from './trigger-subscription.ts';

export interface SubscriptionParts extends DeliveryParts {
  readonly puller: Pick<MessagePuller, 'open'>;
  readonly recordStore: RecordStore;
  readonly replicas: Pick<ReplicaRegistry, 'claim' | 'isLive'>;
  readonly admin: Pick<StreamAdmin, 'consumerState'>;
  readonly logger: Logger;
}

const windowBytes = 8 * 1024 * 1024;
/** Where events wait for each other, small room for large ones would make them wait for ever. */
const orderedWindowBytes = 64 * 1024 * 1024;

/** Makes the subscription for what a Trigger wants; undefined when its filter does not compile, which matches nothing. */
export function createSubscriptionFactory(parts: SubscriptionParts) {
  return (key: string, desired: DesiredSubscription): RunningSubscription | undefined => {
    const logger = parts.logger.child({ trigger: key });
    const compiled = compileFilters(desired.filterSpec);
    if (compiled.kind === 'invalid') {
      logger.warn('The filter is invalid: nothing is delivered', { problems: compiled.problems });
      return undefined;
    }
    const { filter } = compiled;
    const own = { ...parts, logger };
    return desired.plan.isExclusive
      ? exclusiveSubscription(own, { key, desired, filter })
      : triggerSubscription(own, { key, desired, filter });
  };
}

interface Wanted {
  readonly key: string;
  readonly desired: DesiredSubscription;
  readonly filter: CompiledFilter;
  readonly backlog?: UnsettledBacklog | undefined;
}

function triggerSubscription(parts: SubscriptionParts, wanted: Wanted): TriggerSubscription {
  const { key, desired, filter, backlog } = wanted;
  const { plan, stream, consumer, isParkingOnly } = desired;
  return new TriggerSubscription({
    stream,
    consumer,
    filter,
    isParkingOnly,
    ...(backlog && { backlog }),
    context: {
      ...createDeliveryContext(key, plan, parts),
      records: new DeliveryRecords({
        triggerUid: plan.trigger.uid,
        store: parts.recordStore,
        hasRecordsInHeaders: stream !== streamName(plan.broker.uid),
      }),
    },
    puller: parts.puller,
    windowBytes: plan.order.kind === 'unordered' ? windowBytes : orderedWindowBytes,
    logger: parts.logger,
  });
}

function exclusiveSubscription(parts: SubscriptionParts, wanted: Wanted): ExclusiveSubscription {
  const { plan, stream, consumer } = wanted.desired;
  const requests = new FencedRequests(parts.connections, () => parts.replicas.isLive);
  const own = { ...parts, connections: requests };
  const hasOrder = plan.order.kind !== 'unordered';
  return new ExclusiveSubscription({
    key: plan.trigger.uid,
    registry: parts.replicas,
    requests,
    readBacklog: (signal) =>
      hasOrder
        ? readBacklog(parts.admin, { stream, consumer }, signal)
        : Promise.resolve(undefined),
    create: (backlog) => triggerSubscription(own, { ...wanted, backlog }),
  });
}
