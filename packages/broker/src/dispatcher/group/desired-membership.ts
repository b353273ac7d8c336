import { type Broker, jetmeshAnnotations, type Trigger } from '@jetmesh/eventing-api';
import { retryStreamName } from '@jetmesh/jetstream';
import { type DeliveryDefaults, type DeliveryPlan, deliveryPlan } from '../delivery-plan.ts';
import { type FilterSpec, filterSpecOf } from '../filter-spec-of.ts';
import { isPaused } from '../is-paused.ts';

/** A Trigger's place among those that share a consumer; two of the same fingerprint are the same. */
export interface DesiredMembership {
  readonly sharedStream: string;
  readonly retryStream: string;
  readonly triggerUid: string;
  readonly filterSpec: FilterSpec;
  /** Undefined while nothing may be sent straight to its subscriber: its own consumer knows where and how. */
  readonly plan: DeliveryPlan | undefined;
  readonly fingerprint: string;
}

/**
 * Undefined for a Trigger that has a filtered consumer of its own. Whether it is a member depends on nothing but the
 * Trigger itself: who has seen it, as its announced resource version says, must not miss its events for want of a Broker.
 */
export function desiredMembership(
  trigger: Trigger,
  broker: Broker | undefined,
  defaults: DeliveryDefaults,
): DesiredMembership | undefined {
  const annotations = trigger.status?.annotations ?? {};
  const sharedStream = annotations[jetmeshAnnotations.sharedStream];
  const retryStream = annotations[jetmeshAnnotations.stream];
  if (sharedStream === undefined || retryStream === undefined) return undefined;
  const isCurrent =
    broker !== undefined && retryStreamName(broker.metadata.uid ?? '') === retryStream;
  const mayDeliver = isCurrent && !isPaused(trigger);
  const whole = mayDeliver ? deliveryPlan(trigger, broker, defaults) : undefined;
  const plan = whole?.isExclusive === false ? whole : undefined;
  const triggerUid = trigger.metadata.uid ?? '';
  const filterSpec = filterSpecOf(trigger);
  const membership = { sharedStream, retryStream, triggerUid, filterSpec, plan };
  return { ...membership, fingerprint: JSON.stringify(membership) };
}
