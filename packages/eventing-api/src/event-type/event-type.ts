import type { Condition } from '../conditions/condition.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { ResourceKind } from '../kubernetes/resource-kind.ts';

/** As stored; v1beta3 differs in fields only. */
export const eventTypeKind: ResourceKind = {
  group: 'eventing.knative.dev',
  version: 'v1beta2',
  kind: 'EventType',
  plural: 'eventtypes',
  isNamespaced: true,
};

/** A type of events that consumers can discover, in the fields of v1beta2 or, with `attributes`, of v1beta3. */
export interface EventType extends KubernetesObject {
  spec: EventTypeSpec;
  status?: { observedGeneration?: number; conditions?: Condition[] };
}

export interface EventTypeSpec {
  type?: string;
  source?: string;
  schema?: string;
  schemaData?: string;
  description?: string;
  /** Deprecated: a Broker of the same Namespace, in place of `reference`. */
  broker?: string;
  reference?: EventTypeReference;
  attributes?: { name: string; required?: boolean; value?: string }[];
}

export interface EventTypeReference {
  apiVersion?: string;
  kind: string;
  name: string;
  namespace?: string;
}
