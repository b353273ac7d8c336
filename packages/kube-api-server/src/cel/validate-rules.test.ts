import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '../json/json-value.ts';
import type { StructuralSchema, ValidationRule } from '../schema/structural-schema.ts';
import { compileRule } from './compiled-rule.ts';
import { validateRules } from './validate-rules.ts';

function onSpec(rule: ValidationRule, more: StructuralSchema = {}): StructuralSchema {
  const spec: StructuralSchema = {
    type: 'object',
    properties: {
      min: { type: 'integer' },
      max: { type: 'integer' },
      share: { type: 'number' },
      name: { type: 'string' },
      namespace: { type: 'string' },
      'a-b': { type: 'string' },
      at: { type: 'string', format: 'date-time' },
      size: { 'x-kubernetes-int-or-string': true },
      list: { type: 'array', items: { type: 'string' } },
    },
    'x-kubernetes-validations': [rule],
    ...more,
  };
  return { type: 'object', properties: { spec } };
}

function check(rule: string, spec: JsonValue, old?: JsonValue): string[] {
  const schema = onSpec({ rule, message: 'refused' });
  const before = old === undefined ? undefined : { spec: old };
  return validateRules({ spec }, before, schema).map(
    ({ field, message }) => `${field}: ${message}`,
  );
}

const refused = ['spec: Invalid value: refused'];

describe('validateRules', () => {
  it.each<[string, JsonValue, string[]]>([
    ['self.min <= self.max', { min: 1, max: 2 }, []],
    ['self.min <= self.max', { min: 3, max: 2 }, refused],
    ['self.min + 1 == 2', { min: 1 }, []],
    ['self.share > 0.5', { share: 1 }, []],
    ['!has(self.name) || self.name.startsWith("a")', {}, []],
    ['self.name.matches("^a+$")', { name: 'aab' }, refused],
    ['self.__namespace__ == "x"', { namespace: 'x' }, []],
    ['self.a__dash__b == "x"', { 'a-b': 'x' }, []],
    ['self.at > timestamp("2025-01-01T00:00:00Z")', { at: '2026-01-01T00:00:00Z' }, []],
    ['type(self.size) == int ? self.size > 1 : self.size == "a"', { size: 2 }, []],
    ['type(self.size) == int ? self.size > 1 : self.size == "a"', { size: 'a' }, []],
    ['self.list.all(each, each in ["a", "b"])', { list: ['a', 'c'] }, refused],
    ['self.list.isSorted()', { list: ['a', 'b'] }, []],
    ['self.name.replace("a", "b") == "b"', { name: 'a' }, []],
    ['isURL(self.name)', { name: 'http://a' }, []],
    ['self.name.charAt(1) == "b"', { name: 'ab' }, []],
    ['self.name.find("[0-9]+") == "12"', { name: 'a12b3' }, []],
    ['self.name.findAll("[0-9]+") == ["12", "3"]', { name: 'a12b3' }, []],
    ['self.list.indexOf("b") == 1', { list: ['a', 'b'] }, []],
    ['self.list.min() == "a" && self.list.max() == "c"', { list: ['c', 'a'] }, []],
    ['[1, 2, 3].sum() == 6 && [0.5, 1.0].sum() == 1.5', {}, []],
    ['"%s has %d".format([self.name, self.min]) == "a has 1"', { name: 'a', min: 1 }, []],
  ])('%s, of %p', (rule, spec, problems) => {
    expect(check(rule, spec)).toEqual(problems);
  });

  it('says what an evaluation fails of', () => {
    expect(check('self.name == "a"', {})).toEqual([
      'spec: Invalid value: "object": No such key: name evaluating rule: refused',
    ]);
  });

  it.each<[JsonValue | undefined, string[]]>([
    [undefined, []],
    [{ name: 'a' }, []],
    [{ name: 'b' }, refused],
  ])('evaluates a rule of oldSelf only where there was a value: %p', (old, problems) => {
    expect(check('self.name == oldSelf.name', { name: 'a' }, old)).toEqual(problems);
  });

  it('gives oldSelf as an optional where the rule wants that', () => {
    const rule = {
      rule: 'oldSelf.hasValue() || self.min == 1',
      message: 'refused',
      optionalOldSelf: true,
    };
    expect(validateRules({ spec: { min: 2 } }, undefined, onSpec(rule))).toHaveLength(1);
    expect(validateRules({ spec: { min: 2 } }, { spec: { min: 1 } }, onSpec(rule))).toEqual([]);
  });

  it.each<[StructuralSchema, JsonValue, string]>([
    [{ type: 'string' }, 'a', 'Invalid value: "a": refused'],
    [{ type: 'integer' }, 3, 'Invalid value: 3: refused'],
    [{ type: 'array', items: { type: 'string' } }, ['a'], 'Invalid value: refused'],
  ])('shows the value of a scalar only: %j', (schema, value, message) => {
    const rules = [{ rule: 'false', message: 'refused' }];
    const problems = validateRules(value, undefined, {
      ...schema,
      'x-kubernetes-validations': rules,
    });
    expect(problems).toMatchObject([{ message }]);
  });

  it('lets a value stay that was there before the rule', () => {
    expect(check('self.min > 5', { min: 1 }, { min: 1 })).toEqual([]);
    expect(check('self.min > 5', { min: 2 }, { min: 1 })).toEqual(refused);
    const tolerated: string[] = [];
    const stays = { spec: { min: 1 } };
    const schema = onSpec({ rule: 'self.min > 5', message: 'refused' });
    validateRules(stays, stays, schema, ({ field }) => tolerated.push(field));
    expect(tolerated).toEqual(['spec']);
  });

  it('finds the earlier item of a list by its keys', () => {
    const item = {
      type: 'object',
      properties: { key: { type: 'string' }, value: { type: 'string' } },
    };
    const schema: StructuralSchema = {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['key'],
      items: { ...item, 'x-kubernetes-validations': [{ rule: 'self.value == oldSelf.value' }] },
    };
    const old = [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ];
    const next = [
      { key: 'b', value: '3' },
      { key: 'c', value: '4' },
    ];
    const fields = validateRules(next, old, schema).map(({ field, message }) => [field, message]);
    expect(fields).toEqual([['[0]', 'Invalid value: failed rule: self.value == oldSelf.value']]);
  });

  it.each<[Partial<ValidationRule>, object]>([
    [{ reason: 'FieldValueForbidden' }, { message: 'Forbidden: refused', field: 'spec' }],
    [
      { reason: 'FieldValueRequired', fieldPath: '.name' },
      { message: 'Required value: refused', field: 'spec.name' },
    ],
    [
      { messageExpression: '"at least " + string(self.max)' },
      { message: 'Invalid value: at least 2' },
    ],
    [{ messageExpression: 'self.name' }, { message: 'Invalid value: refused' }],
  ])('reports as the rule wants: %p', (more, problem) => {
    const rule = { rule: 'self.min == self.max', message: 'refused', ...more };
    expect(validateRules({ spec: { min: 1, max: 2 } }, undefined, onSpec(rule))).toMatchObject([
      problem,
    ]);
  });
});

describe('compileRule', () => {
  it.each(['self.a +', 'other.a == 1', 'self.matches('])('refuses %p', (rule) => {
    expect(compileRule({ rule }).kind).toBe('invalid');
  });
});
