import { eventTypeKind } from '@jetmesh/eventing-api';
import { writeStatus, type KubeClient, type ReconcileResult } from '@jetmesh/kube-controller';
import type { ClusterView } from '../cluster/cluster-view.ts';
import { eventTypeStatus, referenceOf } from './event-type-status.ts';

export interface EventTypeReconcilerOptions {
  readonly client: KubeClient;
  readonly cluster: ClusterView;
  readonly now: () => Date;
}

const untrackedRetryMs = 30_000;
const conflictRetryMs = 100;

/** Says of an EventType whether the object exists where its events can be had. */
export class EventTypeReconciler {
  readonly #options: EventTypeReconcilerOptions;

  constructor(options: EventTypeReconcilerOptions) {
    this.#options = options;
  }

  async reconcile(key: string): Promise<ReconcileResult> {
    const { client, cluster, now } = this.#options;
    const eventType = cluster.eventTypes?.store.get(key);
    if (eventType === undefined || eventType.metadata.deletionTimestamp !== undefined) return done;
    const reference = referenceOf(eventType);
    const lookup = reference && (await cluster.objects.find(reference));
    const status = eventTypeStatus(eventType, reference, lookup, now());
    const written = await writeStatus(client, eventTypeKind, eventType, status);
    if (written === 'conflict') return { kind: 'requeue-after', delayMs: conflictRetryMs };
    const isUntracked = lookup?.kind === 'unknown-kind' || lookup?.kind === 'refused';
    return isUntracked ? { kind: 'requeue-after', delayMs: untrackedRetryMs } : done;
  }
}

const done: ReconcileResult = { kind: 'done' };
