import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '../json/json-value.ts';
import { jsonPatch } from './json-patch.ts';

describe('jsonPatch', () => {
  it('applies operations in order and leaves the target as it was', () => {
    const target = { a: { b: 1 }, list: ['x'] };
    const operations = [
      { op: 'test', path: '/a/b', value: 1 },
      { op: 'replace', path: '/a/b', value: 2 },
      { op: 'add', path: '/list/-', value: 'y' },
      { op: 'move', from: '/a/b', path: '/c' },
    ];
    expect(jsonPatch(target, operations)).toEqual({ a: {}, list: ['x', 'y'], c: 2 });
    expect(target).toEqual({ a: { b: 1 }, list: ['x'] });
  });

  it.each<[JsonValue, number]>([
    [[{ op: 'test', path: '/a', value: 2 }], 422],
    [[{ op: 'remove', path: '/none' }], 422],
    [[{ op: 'odd', path: '/a' }], 422],
    [{ op: 'remove' }, 400],
    [Array.from({ length: 10_001 }, () => ({ op: 'remove', path: '/a' })), 413],
  ])('refuses what does not fit, %#', (operations, httpCode) => {
    const refused = (() => {
      try {
        return jsonPatch({ a: 1 }, operations);
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toMatchObject({ httpCode });
  });
});
