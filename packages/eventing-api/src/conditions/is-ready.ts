import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Condition } from './condition.ts';

interface WithConditions extends KubernetesObject {
  status?: { observedGeneration?: number; conditions?: readonly Condition[] };
}

/** Whether `Ready` is True and was computed for the generation that the object has now. */
export function isReady(object: WithConditions): boolean {
  const { status, metadata } = object;
  const isCurrent = status?.observedGeneration === metadata.generation;
  return isCurrent && conditionOf(object, 'Ready')?.status === 'True';
}

export function conditionOf(object: WithConditions, type: string): Condition | undefined {
  return object.status?.conditions?.find((condition) => condition.type === type);
}
