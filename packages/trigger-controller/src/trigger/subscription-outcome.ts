import type { ConditionFinding } from '@jetmesh/eventing-api';
import type {
  JetStreamAdminError,
  ReplicaView,
  ServerFeatures,
  StreamAdmin,
} from '@jetmesh/jetstream';
import type { ConsumerPlace } from './consumer-place.ts';
import type { DispatcherWatch } from './dispatcher-watch.ts';

/** How far the durable consumer is after this reconcile. */
export interface SubscriptionOutcome {
  readonly finding: ConditionFinding;
  readonly consumer: ConsumerPlace | undefined;
  /** When to look again, without a change. */
  readonly nextLookMs?: number;
  /** What went wrong; to be tried again with growing delays. */
  readonly failure?: JetStreamAdminError;
  /** The consumer in status was gone and has been made again. */
  readonly wasLost?: boolean;
}

export interface SubscribeContext {
  readonly admin: StreamAdmin;
  readonly features: ServerFeatures;
  readonly watch: DispatcherWatch;
  readonly replicas: ReplicaView;
}
