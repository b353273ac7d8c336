import type { Propagation } from '../handlers/delete-options.ts';
import type { KubeObject, OwnerReference } from '../object/kube-object.ts';
import { foregroundFinalizer, orphanFinalizer } from './plan-deletion.ts';

/** `waiting`: the owner is being deleted in the foreground. `unknown`: its kind is not served, so nothing is known. */
export type OwnerState = 'present' | 'absent' | 'waiting' | 'unknown';

export type CollectionPlan =
  | { readonly kind: 'keep' }
  /** Some owner is left: only the others' references go. */
  | { readonly kind: 'drop-references'; readonly uids: readonly string[] }
  | { readonly kind: 'delete'; readonly propagation: Propagation };

/** What becomes of an object whose owners are in these states. */
export function planCollection(
  object: KubeObject,
  owners: readonly { reference: OwnerReference; state: OwnerState }[],
  hasDependents: boolean,
): CollectionPlan {
  const isLeft = owners.some(({ state }) => state === 'present' || state === 'unknown');
  const gone = owners.filter(({ state }) => state === 'absent' || state === 'waiting');
  if (gone.length === 0) return { kind: 'keep' };
  if (isLeft) return { kind: 'drop-references', uids: gone.map(({ reference }) => reference.uid) };
  const isWaitedFor = gone.some(({ state }) => state === 'waiting');
  return { kind: 'delete', propagation: propagationOf(object, isWaitedFor && hasDependents) };
}

/** An object that its user wanted to be deleted in some way goes in that way. */
function propagationOf({ metadata }: KubeObject, isForeground: boolean): Propagation {
  const { finalizers = [] } = metadata;
  if (finalizers.includes(orphanFinalizer)) return 'Orphan';
  return isForeground || finalizers.includes(foregroundFinalizer) ? 'Foreground' : 'Background';
}
