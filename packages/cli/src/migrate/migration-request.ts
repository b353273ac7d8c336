import type { KubeClient } from '@jetmesh/kube-controller';

export interface MigrationRequest {
  readonly namespace: string;
  /** For what is pending, for each drain, and for the bridge. */
  readonly waitMs: number;
  readonly busBroker: string;
}

export interface MigrationSurroundings {
  readonly client: KubeClient;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}
