import { describe, expect, it } from '@jest/globals';
import { mergePatchOf } from './merge-patch-of.ts';

describe('mergePatchOf', () => {
  it.each<[string, unknown, object, object | undefined]>([
    [
      'nothing for equal values',
      { a: 1, b: { c: [1, { d: 2 }] } },
      { a: 1, b: { c: [1, { d: 2 }] } },
      undefined,
    ],
    ['nothing for another order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }, undefined],
    ['everything where nothing was', undefined, { a: 1 }, { a: 1 }],
    ['a changed value', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 2 }],
    ['null for a removed key', { a: 1, b: 1 }, { a: 1 }, { b: null }],
    ['null for a key that is undefined now', { a: 1 }, { a: undefined }, { a: null }],
    ['only the change deep inside', { a: { b: 1, c: 1 } }, { a: { b: 2, c: 1 } }, { a: { b: 2 } }],
    ['a whole array', { a: [1, 2] }, { a: [1, 3] }, { a: [1, 3] }],
    ['an object in place of a scalar', { a: 1 }, { a: { b: 1 } }, { a: { b: 1 } }],
  ])('gives %s', (_case, before, after, expected) => {
    expect(mergePatchOf(before, after)).toEqual(expected);
  });
});
