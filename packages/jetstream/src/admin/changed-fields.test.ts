import { describe, expect, it } from '@jest/globals';
import { changedFields } from './changed-fields.ts';

describe('changedFields', () => {
  it.each<[string, object, object, string[]]>([
    ['equal values', { a: 1, b: ['x'] }, { a: 1, b: ['x'] }, []],
    ['a changed value', { a: 1, b: 2 }, { a: 1, b: 3 }, ['b']],
    ['a changed list', { a: ['x'] }, { a: ['x', 'y'] }, ['a']],
    ['what the server has beside', { a: 1, sealed: true }, { a: 1 }, []],
    ['what it leaves out because it is empty', {}, { a: 0, b: '', c: [] }, []],
    ['what it leaves out although it is not', {}, { a: 1, b: 'x', c: ['y'] }, ['a', 'b', 'c']],
    ['metadata with its own keys', { m: { x: '1', _nats: '2' } }, { m: { x: '1' } }, []],
    ['metadata without ours', { m: { _nats: '2' } }, { m: { x: '1' } }, ['m']],
    ['no metadata at all', {}, { m: { x: '1' } }, ['m']],
  ])('of %s', (_, current, wanted, expected) => {
    expect(changedFields({ ...current }, { ...wanted })).toEqual(expected);
  });
});
