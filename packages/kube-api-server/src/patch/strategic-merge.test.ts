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
      { finalizers: ['b', 'a'] },
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

describe('the order of a merged list', () => {
  const order = (list: unknown): unknown[] => (list as { port: number }[]).map(({ port }) => port);

  it.each<[number[], number[], number[]]>([
    [[81], [80, 82], [80, 82, 81]],
    [
      [1, 2, 3],
      [3, 1],
      [2, 3, 1],
    ],
    [
      [1, 2, 3],
      [4, 2],
      [4, 1, 2, 3],
    ],
    [[1, 2], [], [1, 2]],
  ])('of %p and %p is %p', (live, patch, merged) => {
    const items = (numbers: number[]) => numbers.map((port) => ({ port }));
    const result = strategicMerge({ ports: items(live) }, { ports: items(patch) }, schema);
    expect(order((result as JsonObject).ports)).toEqual(merged);
  });

  it('is the one that the client asks for', () => {
    const patch = { '$setElementOrder/ports': [{ port: 2 }, { port: 1 }], ports: [{ port: 1 }] };
    expect(strategicMerge({ ports }, patch, schema)).toEqual({ ports: [ports[1], ports[0]] });
  });
});
