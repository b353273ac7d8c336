import { brokerKind, jetmeshAnnotations, type Broker } from '@jetmesh/eventing-api';
import {
  isConflict,
  isNotFound,
  writeStatus,
  type KubeClient,
  type KubernetesEventRecorder,
  type ReconcileResult,
} from '@jetmesh/kube-controller';
import {
  deadLetterStreamName,
  JetStreamAdminError,
  retryStreamName,
  streamName,
  type StreamAdmin,
} from '@jetmesh/jetstream';
import type { ClusterView } from '../cluster/cluster-view.ts';
import { recordReadiness } from '../record-readiness.ts';
import { brokerDeletionStatus } from './broker-deletion-status.ts';
import { deletionPlan, type DeletionCause, type DeletionPlan } from './deletion-plan.ts';
import { undeliveredEvents } from './undelivered-events.ts';

/** On a Broker as long as it has a stream: nothing undelivered goes before somebody was told. */
export const brokerFinalizer = 'jetmesh.dev/undelivered-events';

export interface BrokerFinalizerOptions {
  readonly client: KubeClient;
  readonly cluster: ClusterView;
  readonly admin: StreamAdmin;
  readonly recorder: KubernetesEventRecorder;
  readonly now: () => Date;
}

/** Long enough for every ingress to hear of the deletion and refuse, with time for what is under way. */
const settleMs = 1_000;
const waitMs = 2_000;
const conflictRetryMs = 100;

/** Takes a deleted Broker's streams away, once nothing in them is owed to anybody. */
export class BrokerFinalizer {
  readonly #options: BrokerFinalizerOptions;
  readonly #settled = new Map<string, { readonly lastSequence: number; readonly atMs: number }>();

  constructor(options: BrokerFinalizerOptions) {
    this.#options = options;
  }

  async finalize(broker: Broker, key: string): Promise<ReconcileResult> {
    if (broker.metadata.finalizers?.includes(brokerFinalizer) !== true) return { kind: 'done' };
    const plan = await this.#plan(broker);
    if (plan.kind === 'remove') return this.#remove(broker, key, plan);
    await this.#report(broker, plan);
    return { kind: 'requeue-after', delayMs: plan.kind === 'settle' ? settleMs : waitMs };
  }

  async #plan(broker: Broker): Promise<DeletionPlan> {
    const { cluster, admin, now } = this.#options;
    const uid = broker.metadata.uid ?? '';
    const isForced = broker.metadata.annotations?.[jetmeshAnnotations.forceDelete] === 'true';
    const isNamespaceEnding = this.#namespaceOf(broker)?.metadata.deletionTimestamp !== undefined;
    try {
      const undelivered = await undeliveredEvents(broker, cluster.triggers.store.list(), admin);
      const { lastSequence } = undelivered;
      const looked = this.#settled.get(uid);
      const atMs = now().getTime();
      if (looked?.lastSequence !== lastSequence) this.#settled.set(uid, { lastSequence, atMs });
      const isLongAgo = looked !== undefined && atMs - looked.atMs >= settleMs;
      const settledAt = isLongAgo ? looked.lastSequence : undefined;
      return deletionPlan({ isForced, isNamespaceEnding, undelivered, settledAt });
    } catch (error) {
      const isGivenUp = isForced || isNamespaceEnding;
      if (!(error instanceof JetStreamAdminError) || !isGivenUp) throw error;
      const why = isForced ? 'forced' : 'namespace-ends';
      return { kind: 'remove', discarded: 'events that cannot be counted', why };
    }
  }

  async #report(broker: Broker, plan: Exclude<DeletionPlan, { kind: 'remove' }>): Promise<void> {
    const { client, recorder, now } = this.#options;
    const status = brokerDeletionStatus(broker, plan, now());
    const written = await writeStatus(client, brokerKind, broker, status);
    if (written === 'patched') recordReadiness(recorder, broker, status);
  }

  async #remove(
    broker: Broker,
    key: string,
    { discarded, why }: Extract<DeletionPlan, { kind: 'remove' }>,
  ): Promise<ReconcileResult> {
    if (discarded !== undefined) this.#tellOfDiscarded(broker, key, { discarded, why });
    await this.#removeStreams(broker, why);
    const finalizers = broker.metadata.finalizers?.filter((one) => one !== brokerFinalizer) ?? [];
    const { resourceVersion, uid } = broker.metadata;
    try {
      await this.#options.client.mergePatch(brokerKind, key, {
        metadata: { finalizers, resourceVersion, uid },
      });
    } catch (error) {
      if (isConflict(error)) return { kind: 'requeue-after', delayMs: conflictRetryMs };
      if (!isNotFound(error)) throw error;
    }
    this.#settled.delete(uid ?? '');
    return { kind: 'gone' };
  }

  /** In a Namespace that ends nothing can be created, so the Namespace itself carries the Kubernetes event. */
  #tellOfDiscarded(
    broker: Broker,
    key: string,
    { discarded, why }: { discarded: string; why: DeletionCause },
  ): void {
    const about = why === 'namespace-ends' ? (this.#namespaceOf(broker) ?? broker) : broker;
    this.#options.recorder.record(about, {
      type: 'Warning',
      reason: 'EventsDiscarded',
      message: `Broker ${key} is deleted (${why}) and takes with it: ${discarded}.`,
    });
  }

  /** Where JetStream is away and the deletion must not wait, the janitor removes the streams later. */
  async #removeStreams({ metadata }: Broker, why: DeletionCause): Promise<void> {
    const uid = metadata.uid ?? '';
    try {
      await this.#options.admin.deleteStream(streamName(uid));
      await this.#options.admin.deleteStream(deadLetterStreamName(uid));
      await this.#options.admin.deleteStream(retryStreamName(uid));
    } catch (error) {
      if (!(error instanceof JetStreamAdminError) || why === 'drained') throw error;
    }
  }

  #namespaceOf({ metadata }: Broker) {
    return this.#options.cluster.namespaces.store.get(metadata.namespace ?? '');
  }
}
