import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json/json-value.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';
import { strategicMerge } from './strategic-merge.ts';

const schema: StructuralSchema = {
  type: 'object',
  properties: {
    ports: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port'],
      items: { type: 'object', properties: { port: { type: 'integer' } } },
    },
    finalizers: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
    plain: { type: 'array', items: { type: 'string' } },
    map: { type: 'object', additionalProperties: { type: 'string' } },
  },
};
const ports = [
  { port: 1, name: 'a' },
  { port: 2, name: 'b' },
];

describe('strategicMerge', () => {
  it.each<[string, JsonObject, JsonObject, JsonObject]>([
    ['merges maps', { map: { a: '1' } }, { map: { b: '2', a: null } }, { map: { b: '2' } }],
    [
      'merges items by their key',
      { ports },
      { ports: [{ port: 2, name: 'c' }, { port: 3 }] },
      { ports: [{ port: 1, name: 'a' }, { port: 2, name: 'c' }, { port: 3 }] },
    ],
    [
      'deletes an item',
      { ports },
      { ports: [{ port: 1, $patch: 'delete' }] },
      { ports: [{ port: 2, name: 'b' }] },
    ],
    [
      'replaces a list when told so',
      { ports },
      { ports: [{ port: 3 }, { $patch: 'replace' }] },
      { ports: [{ port: 3 }] },
    ],
    [
      'replaces a map when told so',
      { map: { a: '1' } },
      { map: { $patch: 'replace', b: '2' } },
      { map: { b: '2' } },
    ],
    [
      'adds to a set',
      { finalizers: ['a'] },
      { finalizers: ['b', 'a'] },
      { finalizers: ['a', 'b'] },
    ],
    [
      'removes from a set',
      { finalizers: ['a', 'b'] },
      { '$deleteFromPrimitiveList/finalizers': ['a'] },
      { finalizers: ['b'] },
    ],
    ['replaces a plain list', { plain: ['a'] }, { plain: ['b'] }, { plain: ['b'] }],
    [
      'ignores the order that a client wants',
      { ports },
      { '$setElementOrder/ports': [{ port: 2 }], ports: [{ port: 1, name: 'z' }] },
      {
        ports: [
          { port: 1, name: 'z' },
          { port: 2, name: 'b' },
        ],
      },
    ],
    [
      'keeps only some keys when told so',
      { map: { a: '1', b: '2' } },
      { map: { $retainKeys: ['b'], b: '3' } },
      { map: { b: '3' } },
    ],
  ])('%s', (_what, target, patch, result) => {
    expect(strategicMerge(target, patch, schema)).toEqual(result);
  });
});
