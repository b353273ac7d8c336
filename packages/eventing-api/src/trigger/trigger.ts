import type { Condition } from '../conditions/condition.ts';
import type { DeliverySpec } from '../delivery/delivery-spec.ts';
import type { Destination } from '../delivery/destination.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { ResourceKind } from '../kubernetes/resource-kind.ts';
import type { SubscriptionsFilter } from './filter.ts';

export const triggerKind: ResourceKind = {
  group: 'eventing.knative.dev',
  version: 'v1',
  kind: 'Trigger',
  plural: 'triggers',
  isNamespaced: true,
};

export interface Trigger extends KubernetesObject {
  spec: TriggerSpec;
  status?: TriggerStatus;
}

export interface TriggerSpec {
  broker?: string;
  brokerRef?: { apiVersion?: string; kind?: string; name?: string; namespace?: string };
  filter?: { attributes?: Record<string, string> };
  /** When not empty it replaces `filter`; the elements are ANDed. */
  filters?: SubscriptionsFilter[];
  subscriber: Destination;
  delivery?: DeliverySpec;
}

/** What the data plane reads: it never resolves a destination itself. */
export interface TriggerStatus {
  observedGeneration?: number;
  conditions?: Condition[];
  subscriberUri?: string;
  subscriberCACerts?: string;
  subscriberAudience?: string;
  deadLetterSinkUri?: string;
  deadLetterSinkCACerts?: string;
  deadLetterSinkAudience?: string;
  /** Holds `jetmesh.dev/stream` and `jetmesh.dev/consumer`, written once the durable consumer exists. */
  annotations?: Record<string, string>;
}
