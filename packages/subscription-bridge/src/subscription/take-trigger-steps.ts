import { objectKey, triggerKind, type KubernetesObject, type Trigger } from '@jetmesh/eventing-api';
import {
  isAlreadyExists,
  isConflict,
  isNotFound,
  type KubeClient,
  type KubernetesEventRecorder,
} from '@jetmesh/kube-controller';
import type { TriggerStep } from './trigger-plan.ts';

export interface StepContext {
  readonly client: KubeClient;
  readonly recorder: KubernetesEventRecorder;
  /** Whom the Triggers are for: Kubernetes events are about it. */
  readonly subject: KubernetesObject;
}

/** Takes the steps; returns after how long to look again, undefined when changes will tell. */
export async function takeTriggerSteps(
  steps: readonly TriggerStep[],
  context: StepContext,
): Promise<number | undefined> {
  const delays: number[] = [];
  for (const step of steps) {
    const delayMs = await take(step, context);
    if (delayMs !== undefined) delays.push(delayMs);
  }
  return delays.length === 0 ? undefined : Math.min(...delays);
}

/** The cache may be behind: what another moment has made or removed already comes back as a change. */
async function take(step: TriggerStep, context: StepContext): Promise<number | undefined> {
  const { client } = context;
  try {
    switch (step.kind) {
      case 'create':
        await client.create(triggerKind, step.trigger);
        return undefined;
      case 'patch':
        await client.mergePatch(triggerKind, keyOf(step.trigger), step.patch);
        return undefined;
      case 'delete':
        await remove(step.trigger, step.isDrained, context);
        return undefined;
      case 'wait':
        return step.remainingMs;
    }
  } catch (error) {
    if (isAlreadyExists(error) || isNotFound(error) || isConflict(error)) return staleRetryMs;
    throw error;
  }
}

const staleRetryMs = 200;

async function remove(
  trigger: Trigger,
  isDrained: boolean,
  { client, recorder, subject }: StepContext,
): Promise<void> {
  const { uid } = trigger.metadata;
  const precondition = uid === undefined ? {} : { uid };
  const outcome = await client.delete(triggerKind, keyOf(trigger), precondition);
  if (isDrained || outcome === 'not-found') return;
  recorder.record(subject, {
    type: 'Warning',
    reason: 'DrainTimeout',
    message: `Trigger ${keyOf(trigger)} has been deleted with events that were not delivered in time.`,
  });
}

function keyOf({ metadata }: Trigger): string {
  return objectKey(metadata);
}
