import {
  subscriptionUidOf,
  jetmeshAnnotations,
  objectKey,
  subscriptionKind,
  type Subscription,
  type SubscriptionStatus,
  type Trigger,
} from '@jetmesh/eventing-api';
import {
  isConflict,
  writeStatus,
  type KubeClient,
  type KubernetesEventRecorder,
  type ReconcileResult,
} from '@jetmesh/kube-controller';
import { indexes, type ClusterView } from '../cluster-view.ts';
import { drainTimeout } from './drain-timeout.ts';
import { hasFinalizer, withFinalizer, withoutFinalizer } from './finalizer.ts';
import { recogniseSubscription, type Recognised } from './recognise-subscription.ts';
import { servingTriggers, type Serving } from './serving-triggers.ts';
import { isActivated, sinkProblems, typeNameIn } from './subscription-surroundings.ts';
import { sourceCollision } from './source-collision.ts';
import {
  newSubscriptionStatus,
  oldSubscriptionStatus,
  type SubscriptionFinding,
} from './subscription-status.ts';
import { subscriptionTriggers, type BusPlace } from './subscription-triggers.ts';
import { takeTriggerSteps } from './take-trigger-steps.ts';
import { triggerPlan } from './trigger-plan.ts';
import { deliveryReport } from './trigger-report.ts';
import { wantedDeliveries } from './wanted-deliveries.ts';

export interface SubscriptionReconcilerOptions {
  readonly client: KubeClient;
  readonly cluster: ClusterView;
  readonly recorder: KubernetesEventRecorder;
  readonly bus: BusPlace;
  readonly drainTimeoutMs: number;
  readonly now: () => Date;
}

type Valid = Exclude<Recognised, { kind: 'invalid' }>;

/**
 * Recognise, make Triggers, report: the only file with the order. A Subscription that becomes invalid keeps the
 * Triggers of its last valid shape: Kyma did not stop it either, and events would be lost.
 */
export class SubscriptionReconciler {
  readonly #options: SubscriptionReconcilerOptions;

  constructor(options: SubscriptionReconcilerOptions) {
    this.#options = options;
  }

  async reconcile(key: string): Promise<ReconcileResult> {
    const subscription = this.#options.cluster.subscriptions.store.get(key);
    if (subscription === undefined) return done;
    if (subscription.metadata.deletionTimestamp !== undefined) return this.#finish(subscription);
    const recognised = recogniseSubscription(subscription);
    if (recognised.kind === 'invalid') {
      const { problems, shape } = recognised;
      return this.#report(subscription, { kind: 'invalid', problems }, shape === 'old');
    }
    return this.#serve(subscription, recognised);
  }

  /** The finalizer comes first: without it a Trigger on the bus could be left behind. */
  async #serve(subscription: Subscription, recognised: Valid): Promise<ReconcileResult> {
    if (!hasFinalizer(subscription)) return this.#patch(subscription, withFinalizer(subscription));
    const { cluster, bus } = this.#options;
    const missingSinks = sinkProblems(recognised, cluster);
    const isPaused = missingSinks.length > 0 || isToldToPause(subscription);
    const typeNameOf = (name: string) => typeNameIn(name, cluster);
    const wanted = { ...wantedDeliveries(recognised, typeNameOf), isPaused };
    const deliveries = subscriptionTriggers(subscription, wanted, bus);
    const isActive = isActivated(subscription, recognised, cluster);
    const serving = servingTriggers(subscription, isActive ? deliveries : [], cluster);
    const retryMs = await this.#act(subscription, serving.wanted);
    const finding: SubscriptionFinding = {
      kind: 'valid',
      isActivated: isActive,
      problems: [...takenProblems(serving), ...missingSinks],
      remarks: this.#remarks(subscription, recognised),
      reports: serving.servings.map(deliveryReport),
    };
    const reported = await this.#report(subscription, finding, recognised.kind === 'old');
    return retryMs === undefined ? reported : { kind: 'requeue-after', delayMs: retryMs };
  }

  async #act(subscription: Subscription, wanted: readonly Trigger[]): Promise<number | undefined> {
    const { client, recorder, now } = this.#options;
    const existing = this.#existing(subscription, wanted);
    const { timeoutMs: drainTimeoutMs } = drainTimeout(subscription, this.#options.drainTimeoutMs);
    const steps = triggerPlan({ wanted, existing, now: now(), drainTimeoutMs });
    return takeTriggerSteps(steps, { client, recorder, subject: subscription });
  }

  #remarks(subscription: Subscription, recognised: Valid): string[] {
    const { drainTimeoutMs, cluster } = this.#options;
    return [
      isToldToPause(subscription) ? 'Paused: events wait.' : undefined,
      drainTimeout(subscription, drainTimeoutMs).remark,
      sourceCollision(recognised, cluster.httpSources.store.list()),
    ].filter((remark) => remark !== undefined);
  }

  /** Those that carry its UID, and those of its names: it may have been deleted and made again. */
  #existing(subscription: Subscription, wanted: readonly Trigger[]): Trigger[] {
    const { store } = this.#options.cluster.triggers;
    const labelled = store.listBy(indexes.subscription, subscription.metadata.uid ?? '');
    const named = wanted
      .map(({ metadata }) => store.get(objectKey(metadata)))
      .filter((trigger) => trigger !== undefined && subscriptionUidOf(trigger) !== undefined);
    return [...new Set([...labelled, ...named])].filter((trigger) => trigger !== undefined);
  }

  /** Drains and deletes the Triggers, then lets the Subscription go. */
  async #finish(subscription: Subscription): Promise<ReconcileResult> {
    if (!hasFinalizer(subscription)) return done;
    if (this.#existing(subscription, []).length === 0) {
      return this.#patch(subscription, withoutFinalizer(subscription));
    }
    const retryMs = await this.#act(subscription, []);
    return retryMs === undefined ? done : { kind: 'requeue-after', delayMs: retryMs };
  }

  /** The change comes back through the watch; a conflict means that another one is on its way. */
  async #patch(subscription: Subscription, patch: object): Promise<ReconcileResult> {
    const key = objectKey(subscription.metadata);
    try {
      await this.#options.client.mergePatch(subscriptionKind, key, patch);
      return done;
    } catch (error) {
      if (isConflict(error)) return { kind: 'requeue-after', delayMs: conflictRetryMs };
      throw error;
    }
  }

  async #report(
    subscription: Subscription,
    finding: SubscriptionFinding,
    isOld: boolean,
  ): Promise<ReconcileResult> {
    const { client, now } = this.#options;
    const previous = subscription.status?.conditions ?? [];
    const status = isOld
      ? oldSubscriptionStatus(finding, previous, now())
      : newSubscriptionStatus(finding, previous, now());
    const written = await writeStatus(client, subscriptionKind, subscription, status);
    if (written === 'patched') this.#record(subscription, status);
    return written === 'conflict' ? { kind: 'requeue-after', delayMs: conflictRetryMs } : done;
  }

  #record(subscription: Subscription, { ready, conditions = [] }: SubscriptionStatus): void {
    if (subscription.status?.ready === ready) return;
    const failing = conditions.find(({ status }) => status === 'False');
    const event =
      failing === undefined
        ? ({ type: 'Normal', reason: 'Ready', message: 'Subscription is ready.' } as const)
        : ({ type: 'Warning', reason: 'NotReady', message: failing.message ?? '' } as const);
    this.#options.recorder.record(subscription, event);
  }
}

function isToldToPause({ metadata }: Subscription): boolean {
  return metadata.annotations?.[jetmeshAnnotations.paused] === 'true';
}

function takenProblems({ takenKeys }: Serving): string[] {
  return takenKeys.map((key) => `Trigger ${key} exists and is not of this Subscription.`);
}

const conflictRetryMs = 100;
const done: ReconcileResult = { kind: 'done' };
