import type { KubernetesObject, ObjectMeta } from '@jetmesh/eventing-api';

/** Any object with what tests look at. */
export interface AnyObject extends KubernetesObject {
  metadata: ObjectMeta;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  data?: Record<string, string>;
}

export interface AnyList {
  readonly kind: string;
  readonly metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
  readonly items: AnyObject[];
}

/** A valid Trigger for a creation. */
export function aTrigger(name: string, metadata: Partial<ObjectMeta> = {}): AnyObject {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name, ...metadata },
    spec: { broker: 'default', subscriber: { uri: 'http://example.com' } },
  };
}

export function aConfigMap(name: string, metadata: Partial<ObjectMeta> = {}): AnyObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...metadata }, data: {} };
}
