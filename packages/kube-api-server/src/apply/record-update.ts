import { withoutFields, type JsonObject } from '../json/json-value.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';
import { compareFields } from './compare-fields.ts';
import { managerKey, type FieldManager, type FieldManagers } from './field-managers.ts';
import { FieldSet } from './field-set.ts';
import type { FieldScope } from './field-scope.ts';
import { untrackedFields } from './untracked-fields.ts';

export interface UpdateRecord {
  readonly live: JsonObject;
  readonly next: JsonObject;
  readonly schema: StructuralSchema;
  readonly managers: FieldManagers;
  /** Whose request it is; `time` is the time of the request. */
  readonly author: Omit<FieldManager, 'fields'>;
  /** Which top-level fields the request can change. */
  readonly scope: FieldScope;
}

const maxUpdaters = 10;

/** Managers after a create, update or patch: its author has every field that it changed, others lose those. */
export function recordUpdate(update: UpdateRecord): FieldManagers {
  const { schema, author } = update;
  const keep = (set: FieldSet): FieldSet => set.filterTop(update.scope);
  const compared = compareFields(tracked(update.live), tracked(update.next), schema);
  const changed = keep(compared.modified.union(compared.added)).difference(untrackedFields);
  const removed = keep(compared.removed);

  const managers = new Map<string, FieldManager>();
  for (const [key, manager] of update.managers) {
    const fields = manager.fields.difference(changed).difference(removed);
    if (!fields.isEmpty) managers.set(key, { ...manager, fields });
  }
  if (changed.isEmpty) return managers;
  const key = managerKey(author);
  const before = update.managers.get(key)?.fields.difference(removed) ?? new FieldSet();
  managers.set(key, { ...author, fields: before.union(changed) });
  return withoutOldest(managers);
}

function tracked(object: JsonObject): JsonObject {
  const { metadata } = object;
  return typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)
    ? { ...object, metadata: withoutFields(metadata, 'managedFields') }
    : object;
}

/** Beyond ten updaters the oldest of a version are counted as one. */
function withoutOldest(managers: Map<string, FieldManager>): FieldManagers {
  const updaters = [...managers].filter(([, { operation }]) => operation === 'Update');
  let excess = updaters.length - maxUpdaters;
  if (excess <= 0) return managers;
  updaters.sort(([, left], [, right]) => ((left.time ?? '') < (right.time ?? '') ? -1 : 1));
  for (const [key, manager] of updaters.slice(0, excess + 1)) {
    const ancient = { ...manager, manager: 'ancient-changes', subresource: '' };
    const ancientKey = managerKey(ancient);
    if (key === ancientKey) continue;
    const fields = managers.get(ancientKey)?.fields.union(manager.fields) ?? manager.fields;
    managers.delete(key);
    managers.set(ancientKey, { ...ancient, fields });
    excess -= 1;
  }
  return managers;
}
