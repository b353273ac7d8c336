import type { EndpointPaths, EventPath, HttpSource } from '../http-source/http-source.ts';

export type Endpoint = keyof EndpointPaths;

export interface PlanRequest {
  readonly source: HttpSource;
  readonly to: EventPath;
  readonly endpoints: readonly Endpoint[];
}
