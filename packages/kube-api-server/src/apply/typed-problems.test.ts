import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json/json-value.ts';
import { typedProblems } from './typed-problems.ts';

const schema = {
  type: 'object',
  properties: {
    text: { type: 'string' },
    count: { type: 'integer' },
    flag: { type: 'boolean' },
    map: { type: 'object', additionalProperties: { type: 'string' } },
    free: { 'x-kubernetes-preserve-unknown-fields': true },
    size: { 'x-kubernetes-int-or-string': true },
    list: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
      items: { type: 'object', properties: { type: { type: 'string' }, n: { type: 'integer' } } },
    },
  },
};

describe('typedProblems', () => {
  it.each<[JsonObject, string[]]>([
    [{ text: 'a', count: 1, map: { a: 'b' }, free: { x: [1] }, size: 'a', flag: null }, []],
    [{ other: 1 }, ['.other: field not declared in schema']],
    [{ count: 'a' }, ['.count: expected numeric (int or float), got string']],
    [{ text: 5 }, ['.text: expected string, got &value.valueUnstructured{Value:5}']],
    [{ flag: 'x' }, ['.flag: expected boolean, got &{x}']],
    [{ map: 'x' }, ['.map: expected map, got &{x}']],
    [{ list: 'x' }, ['.list: expected list, got &{x}']],
    [
      { list: [{ type: 'a', n: 'x' }, { type: 'a' }] },
      [
        '.list[type="a"].n: expected numeric (int or float), got string',
        '.list: duplicate entries for key [type="a"]',
      ],
    ],
  ])('of %p', (value, problems) => {
    expect(typedProblems(value, schema)).toEqual(problems);
  });
});
