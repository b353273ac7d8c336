import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json/json-value.ts';
import { pruneUnknown } from './prune-unknown.ts';
import type { StructuralSchema } from './structural-schema.ts';

const schema: StructuralSchema = {
  type: 'object',
  properties: {
    known: { type: 'string' },
    list: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } },
    map: { type: 'object', additionalProperties: { type: 'object', properties: { a: {} } } },
    free: {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
      properties: { closed: { type: 'object', properties: { a: { type: 'string' } } } },
    },
    embedded: { type: 'object', 'x-kubernetes-embedded-resource': true },
  },
};

describe('pruneUnknown', () => {
  it.each<[string, JsonObject, JsonObject, string[]]>([
    ['what is known', { known: 'x' }, { known: 'x' }, []],
    ['a field at the top', { other: 1 }, {}, ['other']],
    [
      'a field of an item',
      { list: [{ a: '1' }, { b: 1 }] },
      { list: [{ a: '1' }, {}] },
      ['list[1].b'],
    ],
    ['a field of an entry', { map: { k: { a: 1, b: 2 } } }, { map: { k: { a: 1 } } }, ['map.k.b']],
    ['nothing of a free object', { free: { x: { y: 1 } } }, { free: { x: { y: 1 } } }, []],
    [
      'a field of a closed object in a free one',
      { free: { closed: { a: '1', b: 1 } } },
      { free: { closed: { a: '1' } } },
      ['free.closed.b'],
    ],
    [
      'what an embedded object does not have',
      { embedded: { apiVersion: 'v1', kind: 'K', metadata: { name: 'a', x: 1 }, spec: {} } },
      { embedded: { apiVersion: 'v1', kind: 'K', metadata: { name: 'a' } } },
      ['embedded.metadata.x', 'embedded.spec'],
    ],
  ])('leaves out %s', (_what, value, kept, unknownFields) => {
    expect(pruneUnknown(value, schema)).toEqual({ value: kept, unknownFields });
  });
});
