import { invalid } from '../errors/api-errors.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { ServedResource } from '../registry/resource.ts';
import { compileValidator } from '../schema/compile-validator.ts';
import { objectSchema } from '../schema/object-schema.ts';
import { validateMetadata } from './validate-metadata.ts';

/** Throws the 422 that lists everything wrong with the next state of an object. */
export function assertValid(
  next: KubeObject,
  previous: KubeObject | undefined,
  { resource, version }: ServedResource,
): void {
  const problems = [
    ...validateMetadata(next, resource.strategy.nameRule),
    ...compileValidator(objectSchema(version.schema))(next),
  ];
  if (problems.length === 0) problems.push(...(resource.strategy.validate?.(next, previous) ?? []));
  if (problems.length > 0) throw invalid(resource, next.metadata.name, problems);
}
