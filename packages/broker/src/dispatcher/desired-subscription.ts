import {
  type Broker,
  isJetmeshBroker,
  jetmeshAnnotations,
  objectKey,
  parkUpToOf,
  type Trigger,
} from '@jetmesh/eventing-api';
import { retryStreamName, streamName } from '@jetmesh/jetstream';
import { type DeliveryDefaults, type DeliveryPlan, deliveryPlan } from './delivery-plan.ts';
import { type FilterSpec, filterSpecOf } from './filter-spec-of.ts';
import { retryShareOf } from './group/shares-of-bound.ts';
import { isPaused } from './is-paused.ts';

/** A subscription as it should run; two of the same fingerprint are the same. */
export interface DesiredSubscription {
  readonly stream: string;
  readonly consumer: string;
  readonly filterSpec: FilterSpec;
  readonly plan: DeliveryPlan;
  /** Paused, and holding more than its share of the stream: the excess is parked, and nothing delivered. */
  readonly isParkingOnly: boolean;
  /** Changes while it runs, so it is no part of the fingerprint. */
  readonly parkUpTo: number;
  readonly fingerprint: string;
}

/**
 * What should run for a Trigger, Ready or not: the controller makes it Ready only once it sees this pull. Undefined
 * while it is paused (but for what exceeds its share), while the status does not name consumer and subscriber, or names the stream of a Broker that has
 * been replaced.
 */
export function desiredSubscription(
  trigger: Trigger,
  broker: Broker | undefined,
  defaults: DeliveryDefaults,
): DesiredSubscription | undefined {
  const annotations = trigger.status?.annotations ?? {};
  const stream = annotations[jetmeshAnnotations.stream];
  const consumer = annotations[jetmeshAnnotations.consumer];
  if (stream === undefined || consumer === undefined || broker === undefined) return undefined;
  if (!isJetmeshBroker(broker) || !streamsOf(broker).includes(stream)) return undefined;
  const parkUpTo = parkUpToOf(trigger, stream);
  const isParkingOnly = isPaused(trigger);
  if (isParkingOnly && parkUpTo === 0) return undefined;
  const wholePlan = deliveryPlan(trigger, broker, defaults);
  if (wholePlan === undefined) return undefined;
  const isMember = annotations[jetmeshAnnotations.sharedStream] !== undefined;
  const plan = isMember ? retryPlan(wholePlan) : wholePlan;
  const filterSpec = filterSpecOf(trigger);
  const fingerprint = JSON.stringify([stream, consumer, filterSpec, plan, isParkingOnly]);
  return { stream, consumer, filterSpec, plan, isParkingOnly, parkUpTo, fingerprint };
}

/** Its events, and what Triggers that share a consumer could not deliver at once. */
function streamsOf({ metadata }: Broker): string[] {
  return [streamName(metadata.uid ?? ''), retryStreamName(metadata.uid ?? '')];
}

function retryPlan(plan: DeliveryPlan): DeliveryPlan {
  return { ...plan, maxInFlight: retryShareOf(plan.maxInFlight) };
}

/** Key of the Broker that a Trigger belongs to. */
export function brokerKeyOf(trigger: Trigger): string {
  const { broker, brokerRef } = trigger.spec;
  const namespace = brokerRef?.namespace ?? trigger.metadata.namespace;
  const name = brokerRef?.name ?? broker ?? 'default';
  return objectKey({ name, ...(namespace !== undefined && { namespace }) });
}
