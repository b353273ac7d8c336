import type { Condition } from '../conditions/condition.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { ResourceKind } from '../kubernetes/resource-kind.ts';

export const httpSourceKind: ResourceKind = {
  group: 'sources.kyma-project.io',
  version: 'v1alpha1',
  kind: 'HTTPSource',
  plural: 'httpsources',
  isNamespaced: true,
};

/** Which event path new events of an endpoint enter. */
export type EventPath = 'bus' | 'mesh';

/** Declares an Application; `spec.source` is its name in paths and the `source` forced into its events. */
export interface HttpSource extends KubernetesObject {
  spec: { source: string; endpoints?: Partial<EndpointPaths> };
  status?: HttpSourceStatus;
}

/** The path behind each endpoint of an Application; `/v2/events` follows `legacy`. */
export interface EndpointPaths {
  legacy: EventPath;
  events: EventPath;
  publish: EventPath;
}

export interface HttpSourceStatus {
  observedGeneration?: number;
  conditions?: Condition[];
  /** Kyma's spelling: the address that events of `events` are forwarded to. */
  SinkURI?: string;
  sinkURI?: string;
}
