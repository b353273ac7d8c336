import type { ValidationRule } from './json-schema.ts';

/** Rules of an object at `path` whose text fields may not be missing or empty, in the words of Knative's webhook. */
export function requiredFields(path: string, fields: readonly string[]): ValidationRule[] {
  return fields.map((field) => ({
    rule: `has(self.${field}) && self.${field} != ''`,
    message: `missing field(s): ${path}.${field}`,
  }));
}
