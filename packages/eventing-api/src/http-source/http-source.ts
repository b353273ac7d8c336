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
  spec: { source: string; endpoints?: Partial<EndpointPaths> & ShadowPath };
  status?: HttpSourceStatus;
}

/** The path behind each endpoint of an Application; `/v2/events` follows `legacy`. */
export interface EndpointPaths {
  legacy: EventPath;
  events: EventPath;
  publish: EventPath;
}

/** With `mesh`, events that enter the bus are also judged by the Triggers of the mesh, and delivered by none. */
export interface ShadowPath {
  shadow?: 'mesh';
}

/** What events of an endpoint find on a path. */
export interface EndpointStatus {
  path: EventPath;
  /** Brokers and Subscriptions by kind and key. */
  ready: string[];
  /** Not ready yet, and why; nothing says that it cannot be. */
  pending: string[];
  /** What does not get these events, and why. */
  missing: string[];
  /** The same for the path where the endpoint is not. */
  ifSwitched: { path: EventPath; pending: string[]; missing: string[] };
}

export type EndpointStatuses = Record<keyof EndpointPaths, EndpointStatus>;

export interface HttpSourceStatus {
  observedGeneration?: number;
  conditions?: Condition[];
  /** Kyma's spelling: the address that events of `events` are forwarded to. */
  SinkURI?: string;
  sinkURI?: string;
  /** The facts of a switch's plan. */
  endpoints?: EndpointStatuses;
}
