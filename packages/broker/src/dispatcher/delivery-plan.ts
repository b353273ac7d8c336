import {
  type Broker,
  type BrokerOptions,
  brokerOptionsOf,
  type DeliveryOrder,
  deliveryOfBroker,
  type DeliveryProfile,
  type DeliverySpec,
  isExclusive,
  jetmeshAnnotations,
  parseDurationMs,
  type RateLimit,
  type Trigger,
  triggerBoundsOf,
  triggerControls,
} from '@jetmesh/eventing-api';
import type { RetryPolicy } from './retry-policy.ts';
import { type Target, targetOf } from './target.ts';

/** Everything that delivering for one Trigger depends on, resolved; a change of it replaces the subscription. */
export interface DeliveryPlan {
  readonly trigger: { readonly namespace: string; readonly name: string; readonly uid: string };
  readonly broker: BrokerOfPlan;
  readonly subscriber: Target;
  /** Undefined parks undeliverable events in the Broker's dead-letter stream. */
  readonly deadLetterSink: Target | undefined;
  /** How long the sink may stay down before events are parked. */
  readonly deadLetterTimeoutMs: number;
  readonly retryPolicy: RetryPolicy;
  readonly timeoutMs: number;
  readonly profile: DeliveryProfile;
  readonly contentMode: 'binary' | 'structured';
  readonly hasStrictReplies: boolean;
  readonly subscriptionName: string | undefined;
  /** Requests open at the subscriber at once. */
  readonly maxInFlight: number;
  readonly order: DeliveryOrder;
  readonly rateLimit: RateLimit | undefined;
  /** One dispatcher at a time delivers: bound, order and rate hold over all of them. */
  readonly isExclusive: boolean;
}

export interface BrokerOfPlan {
  /** Not always that of the Trigger. */
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly address: string;
  readonly options: BrokerOptions;
}

export interface DeliveryDefaults {
  readonly maxInFlight: number;
  readonly timeoutMs: number;
  readonly deadLetterTimeoutMs: number;
}

/** For Triggers and Brokers that say nothing: an event is worth more than one attempt. */
const defaultDelivery: DeliverySpec = {
  retry: 10,
  backoffPolicy: 'exponential',
  backoffDelay: 'PT0.2S',
};

/** Without `retryAfterMax` a subscriber's Retry-After counts, up to this. */
const defaultRetryAfterMaxMs = 300_000;
/** What a timer can hold, 24 days: without `backoffMax` it only protects against overflow. */
const longestDelayMs = 2 ** 31 - 1;

/**
 * The plan for a Trigger of that Broker; undefined while the Trigger's status has no usable subscriber, or one of its
 * annotations is wrong: what that was to limit is not known, so nothing is delivered.
 */
export function deliveryPlan(
  trigger: Trigger,
  broker: Broker,
  defaults: DeliveryDefaults,
): DeliveryPlan | undefined {
  const { status, metadata } = trigger;
  const subscriber = resolved(status?.subscriberUri, status?.subscriberCACerts);
  const reading = triggerControls(trigger);
  if (subscriber === undefined || reading.kind === 'invalid') return undefined;
  const { maxInFlight = defaults.maxInFlight, order, rateLimit } = reading.controls;
  const delivery = deliveryOf(trigger, broker);
  const annotations = metadata.annotations ?? {};
  return {
    trigger: { namespace: metadata.namespace ?? '', name: metadata.name, uid: metadata.uid ?? '' },
    broker: {
      namespace: broker.metadata.namespace ?? '',
      name: broker.metadata.name,
      uid: broker.metadata.uid ?? '',
      address: broker.status?.address?.url ?? '',
      options: brokerOptionsOf(broker.metadata.annotations).options,
    },
    subscriber,
    deadLetterSink: resolved(status?.deadLetterSinkUri, status?.deadLetterSinkCACerts),
    deadLetterTimeoutMs: deadLetterTimeoutOf(trigger, broker) ?? defaults.deadLetterTimeoutMs,
    retryPolicy: retryPolicyOf(delivery),
    timeoutMs: Math.min(positiveDurationMs(delivery.timeout) ?? defaults.timeoutMs, longestDelayMs),
    profile: profileOf(annotations[jetmeshAnnotations.deliveryProfile]),
    contentMode: delivery.format === 'json' ? 'structured' : 'binary',
    hasStrictReplies: annotations[jetmeshAnnotations.strictReplies] === 'true',
    subscriptionName: headerText(annotations[jetmeshAnnotations.subscriptionNameHeader]),
    maxInFlight: order.kind === 'ordered' ? 1 : maxInFlight,
    order,
    rateLimit,
    isExclusive: isExclusive(reading.controls),
  };
}

/** The Trigger's options if it sets any, else the Broker's; the two are never merged (knative/specs DE-1). */
function deliveryOf(trigger: Trigger, broker: Broker): DeliverySpec {
  const candidates = [trigger.spec.delivery, deliveryOfBroker(broker)];
  return candidates.find(setsAnyOption) ?? defaultDelivery;
}

function setsAnyOption(delivery: DeliverySpec | undefined): boolean {
  return delivery !== undefined && Object.values(delivery).some((option) => option !== undefined);
}

function deadLetterTimeoutOf(trigger: Trigger, broker: Broker): number | undefined {
  const [own, general] = [trigger, broker].map(
    ({ metadata }) => triggerBoundsOf(metadata.annotations).bounds.deadLetterTimeoutMs,
  );
  return own ?? general;
}

function retryPolicyOf(delivery: DeliverySpec): RetryPolicy {
  const delayMs = durationMs(delivery.backoffDelay);
  return {
    retryCount: Math.max(0, delivery.retry ?? 0),
    backoffPolicy: delayMs === undefined ? 'none' : (delivery.backoffPolicy ?? 'none'),
    backoffDelayMs: delayMs ?? 0,
    backoffMaxMs: Math.min(
      positiveDurationMs(delivery.backoffMax) ?? longestDelayMs,
      longestDelayMs,
    ),
    retryAfterMaxMs: Math.min(
      durationMs(delivery.retryAfterMax) ?? defaultRetryAfterMaxMs,
      longestDelayMs,
    ),
  };
}

function resolved(uri: string | undefined, caCertificates: string | undefined): Target | undefined {
  return uri === undefined ? undefined : targetOf(uri, caCertificates);
}

function durationMs(iso: string | undefined): number | undefined {
  return iso === undefined ? undefined : parseDurationMs(iso);
}

function positiveDurationMs(iso: string | undefined): number | undefined {
  const ms = durationMs(iso);
  return ms === undefined || ms <= 0 ? undefined : ms;
}

function profileOf(annotation: string | undefined): DeliveryProfile {
  switch (annotation) {
    case 'kyma-legacy':
    case 'kyma-exact':
    case 'kyma-standard':
      return annotation;
    default:
      return 'cloudevents';
  }
}

/** A text that can stand in a header; a request with anything else would never leave. */
function headerText(annotation: string | undefined): string | undefined {
  return annotation !== undefined && /^[\x21-\x7e]+$/.test(annotation) ? annotation : undefined;
}
