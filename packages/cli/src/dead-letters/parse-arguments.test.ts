import { describe, expect, it } from '@jest/globals';
import { parseKey, parseSequence, parseSince } from './parse-arguments.ts';

describe('arguments of dead-letters', () => {
  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['6h', 21_600_000],
    ['2d', 172_800_000],
  ])('%s is %i ms', (word, ms) => {
    expect(parseSince(word)).toBe(ms);
  });

  it.each(['', '5', 'm', '-5m', '1.5h', '5w', '1h30m', '9999999d'])('"%s" is no time', (word) => {
    expect(() => parseSince(word)).toThrow('duration');
  });

  it.each(['shop', '/shop', 'shop/', 'a/b/c', ''])('"%s" is no key', (word) => {
    expect(() => parseKey(word)).toThrow('NAMESPACE/NAME');
  });

  it.each(['0', '-1', '1.5', '', 'x', '9007199254740993'])('"%s" is no sequence', (word) => {
    expect(() => parseSequence(word)).toThrow('sequence');
  });

  it('takes a key and a sequence as they are', () => {
    expect([parseKey('shop/default'), parseSequence('12')]).toEqual(['shop/default', 12]);
  });
});
