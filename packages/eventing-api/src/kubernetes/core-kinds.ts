import type { KubernetesObject } from './object.ts';
import type { ResourceKind } from './resource-kind.ts';

export const namespaceKind = core('Namespace', 'namespaces', false);
export const serviceKind = core('Service', 'services', true);
export const configMapKind = core('ConfigMap', 'configmaps', true);
export const eventKind = core('Event', 'events', true);
export const endpointSliceKind: ResourceKind = {
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  isNamespaced: true,
};
export const leaseKind: ResourceKind = {
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  isNamespaced: true,
};

export interface ServicePort {
  name?: string;
  port: number;
  targetPort?: number | string;
  protocol?: string;
}

export interface Service extends KubernetesObject {
  spec?: { type?: string; externalName?: string; clusterIP?: string; ports?: ServicePort[] };
}

export interface EndpointSlice extends KubernetesObject {
  addressType: string;
  endpoints?: { addresses: string[]; conditions?: { ready?: boolean } }[];
  ports?: { name?: string; port?: number; protocol?: string }[];
}

export interface ConfigMap extends KubernetesObject {
  data?: Record<string, string>;
}

export interface Lease extends KubernetesObject {
  spec?: {
    holderIdentity?: string;
    leaseDurationSeconds?: number;
    acquireTime?: string;
    renewTime?: string;
    leaseTransitions?: number;
  };
}

function core(kind: string, plural: string, isNamespaced: boolean): ResourceKind {
  return { group: '', version: 'v1', kind, plural, isNamespaced };
}
