import { Optional } from '@marcbachmann/cel-js';
import type { FieldProblem } from '../errors/api-error.ts';
import {
  duplicateValue,
  forbiddenField,
  invalidField,
  invalidValue,
  requiredValue,
} from '../errors/field-problems.ts';
import { jsonEqual } from '../json/json-equal.ts';
import { isJsonObject, objectOr, type JsonValue } from '../json/json-value.ts';
import { anything, fieldSchema, type StructuralSchema } from '../schema/structural-schema.ts';
import { celValue } from './cel-value.ts';
import { ruleTitle, type CompiledRule } from './compiled-rule.ts';
import { hasRules, rulesOf } from './rules-of.ts';

/**
 * Problems by the CEL rules of a schema. Rules that read oldSelf are for values that were there before; what another rule
 * finds of a value that was there and stays is told to `tolerate`.
 */
export function validateRules(
  value: JsonValue,
  old: JsonValue | undefined,
  schema: StructuralSchema,
  tolerate: (problem: FieldProblem) => void = () => undefined,
): FieldProblem[] {
  return visit({ value, old, schema, path: '', tolerate });
}

interface Node {
  readonly value: JsonValue;
  readonly old: JsonValue | undefined;
  readonly schema: StructuralSchema;
  readonly path: string;
  readonly tolerate: (problem: FieldProblem) => void;
}

function visit(node: Node): FieldProblem[] {
  if (node.value === null || !hasRules(node.schema)) return [];
  const own = rulesOf(node.schema).flatMap((rule) => checkRule(rule, node));
  return [...own, ...childrenOf(node).flatMap(visit)];
}

function childrenOf({ value, old, schema, path, tolerate }: Node): Node[] {
  if (Array.isArray(value)) {
    const items = schema.items ?? anything;
    return value.map((item, at) => ({
      value: item,
      old: correlatedItem(item, old, schema),
      schema: items,
      path: `${path}[${at}]`,
      tolerate,
    }));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([field, inner]) => {
    if (inner === undefined) return [];
    const innerPath =
      schema.properties?.[field] === undefined ? `${path}[${field}]` : `${path}.${field}`;
    return {
      value: inner,
      old: objectOr(old)[field],
      schema: fieldSchema(schema, field) ?? anything,
      path: innerPath,
      tolerate,
    };
  });
}

/** Only items of lists with keys can be told to be the same as before. */
function correlatedItem(
  item: JsonValue,
  old: JsonValue | undefined,
  schema: StructuralSchema,
): JsonValue | undefined {
  if (schema['x-kubernetes-list-type'] !== 'map' || !Array.isArray(old)) return undefined;
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  return old.find((each) =>
    keys.every((key) => jsonEqual(objectOr(each)[key], objectOr(item)[key])),
  );
}

function checkRule(compiled: CompiledRule, node: Node): FieldProblem[] {
  const { rule, usesOldSelf } = compiled;
  if (usesOldSelf && node.old === undefined && rule.optionalOldSelf !== true) return [];
  const old = node.old === undefined ? undefined : celValue(node.old, node.schema);
  const context = {
    self: celValue(node.value, node.schema),
    oldSelf: rule.optionalOldSelf === true ? Optional.of(old) : old,
  };
  const outcome = compiled.evaluate(context);
  switch (outcome.kind) {
    case 'held':
      return [];
    case 'error':
      return [
        invalidValue(
          fieldOf(node),
          node.schema.type ?? '',
          `${outcome.message} evaluating rule: ${ruleTitle(rule)}`,
        ),
      ];
    case 'failed': {
      const problem = failure(compiled, node, compiled.messageFor(context));
      const stays = node.old !== undefined && jsonEqual(node.value, node.old);
      if (usesOldSelf || !stays) return [problem];
      node.tolerate(problem);
      return [];
    }
  }
}

function failure({ rule }: CompiledRule, node: Node, detail: string): FieldProblem {
  const { value } = node;
  const field = fieldOf({ ...node, path: `${node.path}${rule.fieldPath ?? ''}` });
  const isScalar = !Array.isArray(value) && !isJsonObject(value);
  switch (rule.reason) {
    case 'FieldValueForbidden':
      return forbiddenField(field, detail);
    case 'FieldValueRequired':
      return requiredValue(field, detail);
    case 'FieldValueDuplicate':
      return duplicateValue(field, isScalar ? JSON.stringify(value) : undefined);
    default:
      return isScalar ? invalidValue(field, value, detail) : invalidField(field, detail);
  }
}

function fieldOf({ path }: Node): string {
  const field = path.replace(/^\./, '');
  return field === '' ? '<nil>' : field;
}
