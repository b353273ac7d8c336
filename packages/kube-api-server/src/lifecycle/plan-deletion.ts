import { timestamp } from '../admission/prepare-create.ts';
import type { Propagation } from '../handlers/delete-options.ts';
import { jsonEqual } from '../json/json-equal.ts';
import { withMetadata, type KubeObject } from '../object/kube-object.ts';
import type { Resource } from '../registry/resource.ts';
import type { WriteDecision } from '../store/object-store.ts';

export const foregroundFinalizer = 'foregroundDeletion';
export const orphanFinalizer = 'orphan';

/** What asking for an object's deletion does: it goes at once, or is marked and waits for its finalizers. */
export function planDeletion(
  stored: KubeObject,
  resource: Resource,
  { propagation, now }: { propagation: Propagation; now: Date },
): WriteDecision {
  const finalizers = finalizersFor(stored, propagation);
  const isMarked = stored.metadata.deletionTimestamp !== undefined;
  const marked = withMetadata(stored, {
    finalizers: finalizers.length === 0 ? undefined : finalizers,
    deletionTimestamp: stored.metadata.deletionTimestamp ?? timestamp(now),
    deletionGracePeriodSeconds: 0,
    generation: nextGeneration(stored, isMarked),
  });
  const waiting = resource.strategy.prepareDelete?.(marked) ?? marked;
  if (!isHeld(waiting, resource)) return { kind: 'delete', object: stored };
  return jsonEqual(waiting, stored) ? { kind: 'keep' } : { kind: 'put', object: waiting };
}

/** Whether a deletion must wait. */
export function isHeld(object: KubeObject, { strategy }: Resource): boolean {
  return (object.metadata.finalizers ?? []).length > 0 || strategy.isHeld?.(object) === true;
}

function nextGeneration({ metadata }: KubeObject, isMarked: boolean): number | undefined {
  const { generation } = metadata;
  return generation === undefined || isMarked ? generation : generation + 1;
}

function finalizersFor({ metadata }: KubeObject, propagation: Propagation): string[] {
  const others = (metadata.finalizers ?? []).filter(
    (name) => name !== foregroundFinalizer && name !== orphanFinalizer,
  );
  switch (propagation) {
    case 'Foreground':
      return [...others, foregroundFinalizer];
    case 'Orphan':
      return [...others, orphanFinalizer];
    case 'Background':
      return others;
  }
}
