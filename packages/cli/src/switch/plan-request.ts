import type { EndpointPaths, EventPath, HttpSource } from '@jetmesh/eventing-api';

export type Endpoint = keyof EndpointPaths;

export interface PlanRequest {
  readonly source: HttpSource;
  readonly to: EventPath;
  readonly endpoints: readonly Endpoint[];
}
