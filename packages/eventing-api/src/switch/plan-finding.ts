import type { Condition } from '../conditions/condition.ts';
import { conditionOf } from '../conditions/is-ready.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';

/**
 * One line of a plan. `blocked`: events would be lost. `pending`: not Ready yet, but nothing says that it cannot be.
 * `noted`: worth knowing, no obstacle.
 */
export interface PlanFinding {
  readonly state: 'ready' | 'pending' | 'blocked' | 'noted';
  /** Kind and key. */
  readonly subject: string;
  readonly detail: string;
}

interface WithConditions extends KubernetesObject {
  status?: { observedGeneration?: number; conditions?: readonly Condition[] };
}

/** Whether an object is Ready, in the terms of a plan; what `Ready` says of an older generation is not known yet. */
export function readinessOf(object: WithConditions): Pick<PlanFinding, 'state' | 'detail'> {
  const ready = conditionOf(object, 'Ready');
  const isCurrent = object.status?.observedGeneration === object.metadata.generation;
  if (ready === undefined || !isCurrent) return { state: 'pending', detail: 'not reconciled yet' };
  if (ready.status === 'True') return { state: 'ready', detail: '' };
  const reason = [ready.reason, ready.message].filter((text) => (text ?? '') !== '').join(': ');
  const state = ready.status === 'Unknown' ? 'pending' : 'blocked';
  return { state, detail: `not Ready${reason === '' ? '' : ` (${reason})`}` };
}
