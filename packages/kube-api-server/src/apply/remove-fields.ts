import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';
import type { FieldSet } from './field-set.ts';
import { fieldElement, schemaOfField, schemaOfItem, typedValue } from './typed-value.ts';

/** The value without these fields. What is emptied by that becomes null, as structured-merge-diff has it. */
export function removeFields(
  value: JsonValue,
  toRemove: FieldSet,
  schema: StructuralSchema,
): JsonValue {
  if (toRemove.isEmpty) return value;
  const typed = typedValue(value, schema);
  switch (typed.shape) {
    case 'leaf':
      return value;
    case 'list': {
      const kept = typed.items
        .filter(({ element }) => !toRemove.members.has(element))
        .map(({ element, value: item }) =>
          removeFields(item, toRemove.child(element), schemaOfItem(schema)),
        );
      return kept.length === 0 ? null : kept;
    }
    case 'map': {
      const kept: JsonObject = {};
      for (const [name, field] of Object.entries(typed.map)) {
        const element = fieldElement(name);
        if (field === undefined || toRemove.members.has(element)) continue;
        kept[name] = removeFields(field, toRemove.child(element), schemaOfField(schema, name));
      }
      return Object.keys(kept).length === 0 ? null : kept;
    }
  }
}
