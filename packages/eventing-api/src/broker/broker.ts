import type { Condition } from '../conditions/condition.ts';
import type { DeliverySpec } from '../delivery/delivery-spec.ts';
import type { Addressable } from '../delivery/destination.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { ResourceKind } from '../kubernetes/resource-kind.ts';

export const brokerKind: ResourceKind = {
  group: 'eventing.knative.dev',
  version: 'v1',
  kind: 'Broker',
  plural: 'brokers',
  isNamespaced: true,
};

/** The annotation that says which implementation a Broker is for, and our value of it. */
export const brokerClassAnnotation = 'eventing.knative.dev/broker.class';
export const jetmeshBrokerClass = 'Jetmesh';

export interface Broker extends KubernetesObject {
  spec?: BrokerSpec;
  status?: BrokerStatus;
}

export interface BrokerSpec {
  config?: { apiVersion?: string; kind: string; name: string; namespace?: string };
  delivery?: DeliverySpec;
}

export interface BrokerStatus {
  observedGeneration?: number;
  conditions?: Condition[];
  address?: Addressable;
  addresses?: Addressable[];
  deadLetterSinkUri?: string;
  deadLetterSinkCACerts?: string;
  deadLetterSinkAudience?: string;
  /** Holds `jetmesh.dev/stream`: the stream that the data plane uses. */
  annotations?: Record<string, string>;
}

/** Whether this Broker is Jetmesh's to reconcile and serve. */
export function isJetmeshBroker(broker: Broker): boolean {
  return broker.metadata.annotations?.[brokerClassAnnotation] === jetmeshBrokerClass;
}
