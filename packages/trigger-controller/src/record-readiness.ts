import { conditionOf, type Condition, type KubernetesObject } from '@jetmesh/eventing-api';
import type { KubernetesEventRecorder } from '@jetmesh/kube-controller';

interface WithConditions extends KubernetesObject {
  status?: { conditions?: Condition[] };
}

/** Records a Kubernetes event when `Ready` of `observed` became another in `status`. */
export function recordReadiness<T extends WithConditions>(
  recorder: KubernetesEventRecorder,
  observed: T,
  status: NonNullable<T['status']>,
): void {
  const before = conditionOf(observed, 'Ready');
  const after = conditionOf({ ...observed, status }, 'Ready');
  if (after === undefined || isSame(before, after)) return;
  if (after.status === 'True') {
    recorder.record(observed, {
      type: 'Normal',
      reason: 'Ready',
      message: `${observed.kind} is ready.`,
    });
  } else if (after.status === 'False') {
    const message = [after.reason, after.message].filter((text) => text !== undefined).join(': ');
    recorder.record(observed, { type: 'Warning', reason: 'NotReady', message });
  }
}

function isSame(before: Condition | undefined, after: Condition): boolean {
  return (
    before?.status === after.status &&
    before.reason === after.reason &&
    before.message === after.message
  );
}
