import type { Endpoint, EventPath } from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';
import type { Selection } from './choose-sources.ts';

export interface SwitchRequest {
  readonly selection: Selection;
  readonly to: EventPath;
  readonly endpoints: readonly Endpoint[];
  /** Stop after the plan. */
  readonly isPlanOnly: boolean;
  /** Switch even when events would be lost. */
  readonly isForced: boolean;
  /** For what is pending before the switch, and again for the adapters after it. */
  readonly waitMs: number;
  readonly busBroker: string;
}

export interface SwitchSurroundings {
  readonly client: KubeClient;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}
