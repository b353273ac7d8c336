import type { StructuralSchema } from '../schema/structural-schema.ts';
import { compileRule, type CompiledRule } from './compiled-rule.ts';

const compiledRules = new WeakMap<StructuralSchema, readonly CompiledRule[]>();
const schemasWithRules = new WeakMap<StructuralSchema, boolean>();

/** The rules on a schema itself; those that do not compile were refused with the definition. */
export function rulesOf(schema: StructuralSchema): readonly CompiledRule[] {
  let rules = compiledRules.get(schema);
  if (rules === undefined) {
    rules = (schema['x-kubernetes-validations'] ?? []).flatMap((rule) => {
      const compilation = compileRule(rule);
      return compilation.kind === 'compiled' ? compilation.compiled : [];
    });
    compiledRules.set(schema, rules);
  }
  return rules;
}

/** Whether a schema, or a schema inside it, has rules. */
export function hasRules(schema: StructuralSchema): boolean {
  let found = schemasWithRules.get(schema);
  if (found === undefined) {
    found =
      (schema['x-kubernetes-validations'] ?? []).length > 0 || innerSchemas(schema).some(hasRules);
    schemasWithRules.set(schema, found);
  }
  return found;
}

function innerSchemas({
  properties,
  items,
  additionalProperties,
}: StructuralSchema): StructuralSchema[] {
  return [
    ...Object.values(properties ?? {}),
    ...(items === undefined ? [] : [items]),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ];
}
