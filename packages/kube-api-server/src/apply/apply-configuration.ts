import { jsonEqual } from '../json/json-equal.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';
import { compareFields } from './compare-fields.ts';
import { managerKey, type FieldManager, type FieldManagers } from './field-managers.ts';
import { fieldSetOf } from './field-set-of.ts';
import { FieldSet } from './field-set.ts';
import { mergeConfiguration } from './merge-configuration.ts';
import { removeFields } from './remove-fields.ts';
import { isDeclaredField, schemaOfField, schemaOfItem } from './typed-value.ts';
import type { FieldScope } from './field-scope.ts';
import { untrackedFields } from './untracked-fields.ts';

export interface Configuration {
  readonly live: JsonObject;
  readonly applied: JsonObject;
  readonly schema: StructuralSchema;
  readonly managers: FieldManagers;
  readonly author: Omit<FieldManager, 'fields'>;
  readonly force: boolean;
  readonly scope: FieldScope;
}

export interface FieldConflict {
  readonly manager: FieldManager;
  readonly path: readonly string[];
}

export type AppliedConfiguration =
  | { readonly kind: 'applied'; readonly object: JsonObject; readonly managers: FieldManagers }
  | { readonly kind: 'conflicts'; readonly conflicts: FieldConflict[] };

/** Server-side apply (structured-merge-diff's Apply): merge, prune what the author gave up, find conflicts. */
export function applyConfiguration(configuration: Configuration): AppliedConfiguration {
  const { live, applied, schema, author } = configuration;
  const key = managerKey(author);
  const lastFields = configuration.managers.get(key)?.fields ?? new FieldSet();
  const fields = fieldSetOf(applied, schema).filterTop(configuration.scope);
  const managers = new Map(configuration.managers);
  managers.set(key, { ...author, fields });

  const merged = mergeConfiguration(live, applied, schema);
  const object = prune(merged, { schema, lastFields, managers }) as JsonObject;
  const lastTime = configuration.managers.get(key)?.time;
  return settle({ ...configuration, managers, lastTime }, object);
}

interface Settling extends Configuration {
  readonly lastTime: string | undefined;
}

function settle(configuration: Settling, object: JsonObject): AppliedConfiguration {
  const { live, schema, author, force } = configuration;
  const key = managerKey(author);
  const managers = new Map(configuration.managers);
  const compared = compareFields(live, object, schema);
  const changed = compared.modified.union(compared.added).filterTop(configuration.scope);
  const conflicts: FieldConflict[] = [];
  for (const [other, manager] of configuration.managers) {
    if (other === key) continue;
    const contested = manager.fields.intersection(changed);
    conflicts.push(...contested.paths().map((path) => ({ manager, path })));
    const fields = manager.fields.difference(contested).difference(compared.removed);
    if (fields.isEmpty) managers.delete(other);
    else managers.set(other, { ...manager, fields });
  }
  if (conflicts.length > 0 && !force) return { kind: 'conflicts', conflicts };
  const own = configuration.managers.get(key)?.fields.difference(untrackedFields);
  // An apply that changes nothing leaves the time of its manager as it was.
  const time = jsonEqual(object, live) ? configuration.lastTime : author.time;
  if (own === undefined || own.isEmpty) managers.delete(key);
  else managers.set(key, { ...author, fields: own, time });
  return { kind: 'applied', object, managers };
}

interface Pruning {
  readonly schema: StructuralSchema;
  readonly lastFields: FieldSet;
  readonly managers: FieldManagers;
}

/** Without the fields that the author set last time, does not set now, and nobody else has. */
function prune(merged: JsonValue, { schema, lastFields, managers }: Pruning): JsonValue {
  if (lastFields.isEmpty) return merged;
  const named = (set: FieldSet): FieldSet => withNamedFields(set, schema);
  const fieldsOf = (value: JsonValue): FieldSet => named(fieldSetOf(value, schema));
  const without = (set: FieldSet): JsonValue => removeFields(merged, set, schema);

  const mergedFields = fieldsOf(merged);
  const remaining = fieldsOf(without(named(lastFields)));
  const managed = [...managers.values()].reduce(
    (all, manager) => all.union(manager.fields),
    new FieldSet(),
  );
  const kept = fieldsOf(without(mergedFields.difference(remaining.union(named(managed)))));
  return without(mergedFields.difference(kept).intersection(named(lastFields)));
}

/** The set with every declared field on the way to its members, so that emptied structures go too. */
function withNamedFields(set: FieldSet, schema: StructuralSchema): FieldSet {
  const result = new FieldSet();
  for (const element of set.members) result.members.add(element);
  for (const [element, child] of set.children) {
    const name = element.startsWith('f:') ? element.slice(2) : undefined;
    if (name !== undefined && isDeclaredField(schema, name)) result.members.add(element);
    const inner = name === undefined ? schemaOfItem(schema) : schemaOfField(schema, name);
    result.children.set(element, withNamedFields(child, inner));
  }
  return result;
}
