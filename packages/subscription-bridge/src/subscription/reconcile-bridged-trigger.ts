import { subscriptionUidOf } from '@jetmesh/eventing-api';
import type { ReconcileResult } from '@jetmesh/kube-controller';
import { indexes } from '../cluster-view.ts';
import type { SubscriptionReconcilerOptions } from './reconcile-subscription.ts';
import { takeTriggerSteps } from './take-trigger-steps.ts';
import { triggerPlan } from './trigger-plan.ts';

/**
 * Drains and deletes Triggers whose Subscription is gone without having been let go by its finalizer. A Subscription
 * made again under the same name takes them over while they drain.
 */
export class BridgedTriggerReconciler {
  readonly #options: SubscriptionReconcilerOptions;

  constructor(options: SubscriptionReconcilerOptions) {
    this.#options = options;
  }

  async reconcile(key: string): Promise<ReconcileResult> {
    const { client, cluster, recorder, drainTimeoutMs, now } = this.#options;
    const trigger = cluster.triggers.store.get(key);
    const uid = trigger === undefined ? undefined : subscriptionUidOf(trigger);
    if (trigger === undefined || uid === undefined) return { kind: 'done' };
    if (cluster.subscriptions.store.listBy(indexes.uid, uid).length > 0) return { kind: 'done' };
    const steps = triggerPlan({ wanted: [], existing: [trigger], now: now(), drainTimeoutMs });
    const retryMs = await takeTriggerSteps(steps, { client, recorder, subject: trigger });
    return retryMs === undefined ? { kind: 'done' } : { kind: 'requeue-after', delayMs: retryMs };
  }
}
