import { compileRule } from '../cel/compiled-rule.ts';
import type { FieldProblem } from '../errors/api-error.ts';
import {
  forbiddenField,
  invalidValue,
  requiredValue,
  unsupportedValue,
} from '../errors/field-problems.ts';
import { compileValidator } from '../schema/compile-validator.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';

type Level = 'root' | 'field' | 'item';

interface Place {
  readonly level: Level;
  readonly path: string;
}

const emptyType: Record<Level, string> = {
  root: 'must not be empty at the root',
  field: 'must not be empty for specified object fields',
  item: 'must not be empty for specified array items',
};

/** What makes a schema not structural, or its rules and patterns unusable. */
export function validateStructure(schema: StructuralSchema, path: string): FieldProblem[] {
  return visit(schema, { level: 'root', path });
}

function visit(schema: StructuralSchema, place: Place): FieldProblem[] {
  const { properties = {}, items, additionalProperties } = schema;
  return [
    ...typeProblems(schema, place),
    ...listProblems(schema, place),
    ...patternProblems(schema, place),
    ...defaultProblems(schema, place),
    ...ruleProblems(schema, place),
    ...Object.entries(properties).flatMap(([name, inner]) =>
      visit(inner, { level: 'field', path: `${place.path}.properties[${name}]` }),
    ),
    ...(items === undefined ? [] : visit(items, { level: 'item', path: `${place.path}.items` })),
    ...(typeof additionalProperties === 'object'
      ? visit(additionalProperties, { level: 'field', path: `${place.path}.additionalProperties` })
      : []),
  ];
}

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

function typeProblems(schema: StructuralSchema, { level, path }: Place): FieldProblem[] {
  const { type = '' } = schema;
  const isFree =
    schema['x-kubernetes-int-or-string'] === true ||
    schema['x-kubernetes-preserve-unknown-fields'] === true;
  const field = `${path}.type`;
  if (type === '' && !isFree) return [requiredValue(field, emptyType[level])];
  if (type !== '' && !types.includes(type)) return [unsupportedValue(field, type, types)];
  if (level === 'root' && type !== 'object' && type !== '') {
    return [invalidValue(field, type, 'must be object at the root')];
  }
  if (type === 'array' && schema.items === undefined) {
    return [requiredValue(`${path}.items`, 'must be specified')];
  }
  if (schema.properties !== undefined && schema.additionalProperties !== undefined) {
    const text = 'additionalProperties and properties are mutual exclusive';
    return [forbiddenField(`${path}.additionalProperties`, text)];
  }
  return [];
}

function listProblems(schema: StructuralSchema, { path }: Place): FieldProblem[] {
  if (schema['x-kubernetes-list-type'] !== 'map') return [];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  if (keys.length === 0) {
    const text = 'must not be empty if x-kubernetes-list-type is map';
    return [requiredValue(`${path}.x-kubernetes-list-map-keys`, text)];
  }
  const { required: names = [], properties = {} } = schema.items ?? {};
  return keys
    .filter((key) => !names.includes(key) && properties[key]?.default === undefined)
    .map((key) =>
      requiredValue(
        `${path}.items.properties[${key}].default`,
        'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property',
      ),
    );
}

function patternProblems({ pattern }: StructuralSchema, { path }: Place): FieldProblem[] {
  const complaint = pattern === undefined ? undefined : complaintOf(pattern);
  if (pattern === undefined || complaint === undefined) return [];
  const text = `must be a valid regular expression, but isn't: ${complaint}`;
  return [invalidValue(`${path}.pattern`, pattern, text)];
}

function complaintOf(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u');
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A default is of its own schema; a schema that is wrong itself says so elsewhere. */
function defaultProblems(schema: StructuralSchema, { path }: Place): FieldProblem[] {
  if (schema.default === undefined || !isUsable(schema)) return [];
  return compileValidator(schema)(schema.default).map(({ field, ...problem }) => ({
    ...problem,
    field: field === '' ? `${path}.default` : `${path}.default.${field}`,
  }));
}

function isUsable(schema: StructuralSchema): boolean {
  const { pattern, type = 'string', items, properties = {}, additionalProperties } = schema;
  const inner = [
    ...Object.values(properties),
    ...(items === undefined ? [] : [items]),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ];
  const isPatternUsable = pattern === undefined || complaintOf(pattern) === undefined;
  return types.includes(type) && isPatternUsable && inner.every(isUsable);
}

function ruleProblems(schema: StructuralSchema, { path }: Place): FieldProblem[] {
  const rules = schema['x-kubernetes-validations'] ?? [];
  return rules.flatMap((rule, at) => {
    const compilation = compileRule(rule);
    if (compilation.kind === 'compiled') return [];
    const field = `${path}.x-kubernetes-validations[${at}].rule`;
    return [invalidValue(field, rule.rule, `compilation failed: ${compilation.message}`)];
  });
}
