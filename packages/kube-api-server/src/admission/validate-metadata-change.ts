import type { FieldProblem } from '../errors/api-error.ts';
import { forbiddenField } from '../errors/field-problems.ts';
import type { KubeObject } from '../object/kube-object.ts';

/** What a client may not do to the metadata of an object that is there. */
export function validateMetadataChange(next: KubeObject, previous: KubeObject): FieldProblem[] {
  const { metadata } = next;
  if (previous.metadata.deletionTimestamp === undefined) return [];
  const before = new Set(previous.metadata.finalizers ?? []);
  const added = (metadata.finalizers ?? []).filter((name) => !before.has(name));
  if (added.length === 0) return [];
  const names = added.map((name) => JSON.stringify(name)).join(', ');
  const text = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${names}}`;
  return [forbiddenField('metadata.finalizers', text)];
}
