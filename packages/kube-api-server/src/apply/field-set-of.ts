import { isJsonObject, type JsonValue } from '../json/json-value.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';
import { FieldSet } from './field-set.ts';
import {
  fieldElement,
  isDeclaredField,
  schemaOfField,
  schemaOfItem,
  typedValue,
} from './typed-value.ts';

/** The fields that a configuration sets. */
export function fieldSetOf(value: JsonValue, schema: StructuralSchema): FieldSet {
  const set = new FieldSet();
  collect({ value, schema, path: [], set });
  return set;
}

interface Walk {
  readonly value: JsonValue;
  readonly schema: StructuralSchema;
  readonly path: readonly string[];
  readonly set: FieldSet;
}

function collect(walk: Walk): void {
  const typed = typedValue(walk.value, walk.schema);
  switch (typed.shape) {
    case 'leaf':
      walk.set.insert(walk.path);
      return;
    case 'list':
      for (const { element, value } of typed.items) {
        const path = [...walk.path, element];
        collect({ ...walk, value, schema: schemaOfItem(walk.schema), path });
        walk.set.insert(path);
      }
      return;
    case 'map':
      for (const [name, value] of Object.entries(typed.map)) {
        if (value !== undefined) collectField(walk, name, value);
      }
  }
}

/** A map that is empty, or a key of a map, is itself a field. */
function collectField(walk: Walk, name: string, value: JsonValue): void {
  const path = [...walk.path, fieldElement(name)];
  collect({ ...walk, value, schema: schemaOfField(walk.schema, name), path });
  const isEmpty = isJsonObject(value) && Object.keys(value).length === 0;
  if (isEmpty || !isDeclaredField(walk.schema, name)) walk.set.insert(path);
}
