import { triggerKind, type Trigger } from '@jetmesh/eventing-api';
import {
  writeStatus,
  type KubeClient,
  type KubernetesEventRecorder,
  type ReconcileResult,
} from '@jetmesh/kube-controller';
import type { ReplicaView, ServerFeatures, StreamAdmin } from '@jetmesh/jetstream';
import { brokerKeyOf, indexes, type ClusterView } from '../cluster/cluster-view.ts';
import { recordReadiness } from '../record-readiness.ts';
import { brokerLabelPatch } from './broker-label.ts';
import { placeInStatus } from './consumer-place.ts';
import { DispatcherWatch } from './dispatcher-watch.ts';
import { DrainWatch, type DrainSighting } from './drain-watch.ts';
import { gatherFacts } from './gather-facts.ts';
import { isToldOfMissingBroker } from './is-told-of-missing-broker.ts';
import { sharesConsumer } from './shares-consumer.ts';
import { subscribeTrigger } from './subscribe-trigger.ts';
import type { SubscriptionOutcome } from './subscription-outcome.ts';
import { subscriptionPlan } from './subscription-plan.ts';
import type { TriggerFacts } from './trigger-facts.ts';
import { triggerStatus } from './trigger-status.ts';

export interface TriggerReconcilerOptions {
  readonly client: KubeClient;
  readonly cluster: ClusterView;
  readonly admin: StreamAdmin;
  readonly features: () => ServerFeatures;
  /** Whether `brokerRef` may name a Broker of another Namespace. */
  readonly allowsElsewhere: boolean;
  readonly replicas: ReplicaView;
  /** Filtered consumers of a Broker, above which its new Triggers share one. */
  readonly shareThreshold: number;
  readonly recorder: KubernetesEventRecorder;
  /** What else `status.annotations` is to say of a Trigger. */
  readonly notesFor: (trigger: Trigger) => Readonly<Record<string, string>>;
  readonly now: () => Date;
}

const untrackedRetryMs = 30_000;
const conflictRetryMs = 100;

/** Observes, plans, acts, reports: the only file with the order of a Trigger's reconcile. */
export class TriggerReconciler {
  readonly #options: TriggerReconcilerOptions;
  readonly #dispatchers = new DispatcherWatch();
  readonly #drains: DrainWatch;

  constructor(options: TriggerReconcilerOptions) {
    this.#options = options;
    this.#drains = new DrainWatch(options.admin);
  }

  async reconcile(key: string): Promise<ReconcileResult> {
    const { allowsElsewhere, cluster, admin, features, replicas } = this.#options;
    const trigger = cluster.triggers.store.get(key);
    if (trigger === undefined || trigger.metadata.deletionTimestamp !== undefined) return done;
    const facts = await gatherFacts(trigger, {
      objects: cluster.objects,
      brokerAt: (brokerKey) => cluster.brokers.store.get(brokerKey),
      allowsElsewhere,
    });
    if (facts === undefined || isToldOfMissingBroker(trigger, facts)) return done;
    const plan = subscriptionPlan(trigger, facts, {
      features: features(),
      sharesConsumer: () => this.#sharesConsumer(trigger),
    });
    const context = { admin, features: features(), watch: this.#dispatchers, replicas };
    const outcome = await subscribeTrigger(trigger, plan, context);
    const drain = await this.#drains.look(trigger, outcome.consumer);
    const written = await this.#report(trigger, facts, { outcome, drain });
    await this.#label(trigger, key);
    if (outcome.failure !== undefined) throw outcome.failure;
    return nextLook(facts, outcome, { drain, written });
  }

  /** Drops what is remembered of a Trigger that is gone. */
  forget(triggerUid: string): void {
    this.#dispatchers.forget(triggerUid);
    this.#drains.forget(triggerUid);
  }

  #sharesConsumer(trigger: Trigger): boolean {
    const { cluster, shareThreshold } = this.#options;
    const siblings = cluster.triggers.store.listBy(indexes.broker, brokerKeyOf(trigger)[0] ?? '');
    const filteredConsumerCount = siblings.filter((one) => {
      const place = placeInStatus(one);
      return place !== undefined && place.sharedStream === undefined;
    }).length;
    return sharesConsumer(trigger, { filteredConsumerCount, threshold: shareThreshold });
  }

  async #report(
    trigger: Trigger,
    facts: TriggerFacts,
    { outcome, drain }: { outcome: SubscriptionOutcome; drain: DrainSighting },
  ): Promise<StatusWrite> {
    const { client, recorder, notesFor, now } = this.#options;
    if (outcome.wasLost === true) recorder.record(trigger, consumerRecreated);
    const { finding, consumer } = outcome;
    const drained = drain.kind === 'drained' ? { drained: drain.request } : {};
    const subscription = { finding, consumer, ...drained, notes: notesFor(trigger) };
    const status = triggerStatus(trigger, facts, subscription, now());
    const written = await writeStatus(client, triggerKind, trigger, status);
    if (written === 'patched') recordReadiness(recorder, trigger, status);
    return written;
  }

  async #label(trigger: Trigger, key: string): Promise<void> {
    const patch = brokerLabelPatch(trigger);
    if (patch !== undefined) await this.#options.client.mergePatch(triggerKind, key, patch);
  }
}

type StatusWrite = Awaited<ReturnType<typeof writeStatus>>;

const consumerRecreated = {
  type: 'Warning',
  reason: 'ConsumerRecreated',
  message:
    'The durable consumer was gone and has been made again: events may be delivered a second time.',
} as const;

function nextLook(
  { subscriber }: TriggerFacts,
  { nextLookMs }: SubscriptionOutcome,
  { drain, written }: { drain: DrainSighting; written: StatusWrite },
): ReconcileResult {
  const looks = [
    nextLookMs,
    written === 'conflict' ? conflictRetryMs : undefined,
    drain.kind === 'draining' ? drain.nextLookMs : undefined,
    subscriber.kind === 'unresolved' && subscriber.isUntracked ? untrackedRetryMs : undefined,
  ].filter((delayMs) => delayMs !== undefined);
  return looks.length === 0 ? done : { kind: 'requeue-after', delayMs: Math.min(...looks) };
}

const done: ReconcileResult = { kind: 'done' };
