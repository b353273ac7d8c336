import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '../json/json-value.ts';
import { compileValidator } from './compile-validator.ts';
import type { StructuralSchema } from './structural-schema.ts';

const schema: StructuralSchema = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      maxProperties: 6,
      required: ['colour'],
      properties: {
        colour: { type: 'string', enum: ['red', 'blue'] },
        name: { type: 'string', minLength: 2, maxLength: 4, pattern: '^[a-z]+$' },
        count: { type: 'integer', format: 'int32', minimum: 0, maximum: 9 },
        share: { type: 'number', minimum: 0, exclusiveMinimum: true, multipleOf: 0.5 },
        note: { type: 'string', nullable: true },
        port: {
          'x-kubernetes-int-or-string': true,
          anyOf: [{ type: 'integer' }, { type: 'string' }],
        },
        list: { type: 'array', minItems: 1, maxItems: 2, items: { type: 'string' } },
        at: { type: 'string', format: 'date-time' },
        odd: { type: 'string', format: 'no-such-format' },
        one: { oneOf: [{ required: ['a'] }, { required: ['b'] }], type: 'object' },
      },
    },
  },
};

function problems(spec: JsonValue): string[] {
  return compileValidator(schema)({ spec }).map(({ field, message }) => `${field}: ${message}`);
}

describe('compileValidator', () => {
  it.each<[JsonValue]>([
    [{ colour: 'red', name: 'abc', count: 9, share: 0.5, note: null, port: 80 }],
    [{ colour: 'red', port: 'http', list: ['a'], at: '2026-01-01T00:00:00Z', odd: 'x' }],
  ])('has nothing against %p', (spec) => {
    expect(problems(spec)).toEqual([]);
  });

  it.each<[JsonValue, string]>([
    [5, 'spec: Invalid value: "integer": spec in body must be of type object: "integer"'],
    [{}, 'spec.colour: Required value'],
    [{ colour: 'pink' }, 'spec.colour: Unsupported value: "pink": supported values: "red", "blue"'],
    [{ colour: 'red', name: 'abcde' }, 'spec.name: Too long: may not be more than 4 bytes'],
    [
      { colour: 'red', name: 'a' },
      'spec.name: Invalid value: "a": spec.name in body should be at least 2 chars long',
    ],
    [
      { colour: 'red', name: 'AB' },
      `spec.name: Invalid value: "AB": spec.name in body should match '^[a-z]+$'`,
    ],
    [
      { colour: 'red', count: -1 },
      'spec.count: Invalid value: -1: spec.count in body should be greater than or equal to 0',
    ],
    [
      { colour: 'red', count: 1.5 },
      'spec.count: Invalid value: "number": spec.count in body must be of type integer: "number"',
    ],
    [
      { colour: 'red', share: 0 },
      'spec.share: Invalid value: 0: spec.share in body should be greater than 0',
    ],
    [
      { colour: 'red', share: 0.7 },
      'spec.share: Invalid value: 0.7: spec.share in body should be a multiple of 0.5',
    ],
    [{ colour: 'red', list: ['a', 'b', 'c'] }, 'spec.list: Too many: 3: must have at most 2 items'],
    [
      { colour: 'red', list: [] },
      'spec.list: Invalid value: 0: spec.list in body should have at least 1 items',
    ],
    [
      { colour: 'red', list: [1] },
      'spec.list[0]: Invalid value: "integer": spec.list[0] in body must be of type string: "integer"',
    ],
    [
      { colour: 'red', at: 'noon' },
      'spec.at: Invalid value: "noon": spec.at in body must be of type date-time',
    ],
  ])('says of %p what the API says', (spec, problem) => {
    expect(problems(spec)).toContain(problem);
  });

  it('names the place of what is missing by the object that lacks it', () => {
    const [problem] = compileValidator(schema)({ spec: {} });
    expect(problem).toMatchObject({ path: ['spec'], field: 'spec.colour' });
  });
});
