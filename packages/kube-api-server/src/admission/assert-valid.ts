import { validateRules } from '../cel/validate-rules.ts';
import { hasRules } from '../cel/rules-of.ts';
import type { FieldProblem } from '../errors/api-error.ts';
import { invalid } from '../errors/api-errors.ts';
import { invalidValue } from '../errors/field-problems.ts';
import { jsonEqual } from '../json/json-equal.ts';
import { isJsonObject, type JsonValue } from '../json/json-value.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { ServedResource } from '../registry/resource.ts';
import { compileValidator, type SchemaProblem } from '../schema/compile-validator.ts';
import { objectSchema } from '../schema/object-schema.ts';
import { validateListItems } from '../schema/validate-list-items.ts';
import { validateMetadataChange } from './validate-metadata-change.ts';
import { validateMetadata } from './validate-metadata.ts';

/** Throws the 422 that lists everything wrong with the next state of an object. Returns what is wrong and may stay. */
export function assertValid(
  next: KubeObject,
  previous: KubeObject | undefined,
  served: ServedResource,
): string[] {
  const { resource, version } = served;
  const schema = objectSchema(version.schema);
  const warnings: string[] = [];
  const problems = [
    ...validateMetadata(next, resource.strategy.nameRule),
    ...(previous === undefined ? [] : validateMetadataChange(next, previous)),
    ...unlessUnchanged(compileValidator(schema)(next), next, previous),
    ...(resource.isCustom ? validateListItems(next, schema) : []),
  ];
  if (problems.some(({ reason }) => blocking.has(reason))) {
    if (hasRules(schema)) problems.push(rulesNotChecked);
  } else {
    const tolerate = ({ field, message }: FieldProblem) => warnings.push(`${field}: ${message}`);
    problems.push(...validateRules(next, previous, schema, tolerate));
  }
  if (problems.length === 0) problems.push(...(resource.strategy.validate?.(next, previous) ?? []));
  if (problems.length > 0) throw invalid(resource, next.metadata.name, problems);
  return warnings;
}

/** Throws for what is missing before a kind's own code looks at an object. */
export function assertComplete(object: KubeObject, { resource, version }: ServedResource): void {
  if (resource.isCustom) return;
  const problems = compileValidator(objectSchema(version.schema))(object);
  const missing = problems.filter(({ reason }) => reason === 'FieldValueRequired');
  if (missing.length > 0) throw invalid(resource, object.metadata.name, missing);
}

/** With such a problem an object is too far off for rules to be evaluated on it. */
const blocking = new Set([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);

const rulesNotChecked = invalidValue(
  '<nil>',
  null,
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
);

/** A value that was there before its schema was tightened may stay as it is. */
function unlessUnchanged(
  problems: readonly SchemaProblem[],
  next: KubeObject,
  previous: KubeObject | undefined,
): FieldProblem[] {
  if (previous === undefined) return [...problems];
  return problems.filter(
    ({ path }) => !jsonEqual(valueAt(next, path), valueAt(previous, path) ?? null),
  );
}

function valueAt(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((inner, part) => {
    if (Array.isArray(inner)) return inner[Number(part)];
    return isJsonObject(inner) ? inner[part] : undefined;
  }, value);
}
