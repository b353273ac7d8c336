import type { KubernetesObject } from '../kubernetes/object.ts';
import type { ResourceKind } from '../kubernetes/resource-kind.ts';

/** Kyma's Subscription, read at the version that is stored; the three shapes differ in fields, not in group or kind. */
export const subscriptionKind: ResourceKind = {
  group: 'eventing.kyma-project.io',
  version: 'v1alpha2',
  kind: 'Subscription',
  plural: 'subscriptions',
  isNamespaced: true,
};

/** As stored: any of `OldSubscriptionSpec`, `V1alpha1SubscriptionSpec`, `V1alpha2SubscriptionSpec`, or none of them. */
export interface Subscription extends KubernetesObject {
  spec?: Record<string, unknown>;
  status?: SubscriptionStatus;
}

/** Kyma <= 1.20, told by `endpoint`. */
export interface OldSubscriptionSpec {
  endpoint: string;
  event_type: string;
  event_type_version: string;
  source_id: string;
  include_subscription_name_header?: boolean;
  max_inflight?: number;
  push_request_timeout_ms?: number;
}

/** Told by `filter`. */
export interface V1alpha1SubscriptionSpec {
  sink: string;
  filter: { dialect?: string; filters: KymaEventFilter[] };
  id?: string;
  protocol?: string;
  config?: { maxInFlightMessages?: number };
}

export interface KymaEventFilter {
  eventSource: { type?: string; property: string; value: string };
  eventType: { type?: string; property: string; value: string };
}

/** Told by `types`. */
export interface V1alpha2SubscriptionSpec {
  sink: string;
  source: string;
  types: string[];
  typeMatching?: 'standard' | 'exact';
  id?: string;
  config?: Record<string, string>;
}

/** Both generations' status fields side by side; each reads its own. */
export interface SubscriptionStatus {
  ready?: boolean;
  types?: { originalType: string; cleanType: string }[];
  backend?: { types?: { originalType: string; consumerName?: string }[] };
  conditions?: SubscriptionCondition[];
  /** Keys of Triggers of others that deliver the same already and are used as they are. */
  usedTriggers?: string[];
}

/** Kyma's conditions: old ones spell the time `last_transition_time`, new ones have types with spaces. */
export interface SubscriptionCondition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  last_transition_time?: string;
}
