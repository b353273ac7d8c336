import { describe, expect, it } from '@jest/globals';
import { isWorthTelling } from './is-worth-telling.ts';

const some = (count: number, oldestParkedAtMs: number | undefined = 5) => ({
  count,
  oldestParkedAtMs,
});
const none = { count: 0, oldestParkedAtMs: undefined };

describe('isWorthTelling', () => {
  it.each([
    ['none stay none', [none, none, 999_999], false],
    ['the first', [none, some(1), 0], true],
    ['the last is gone', [some(3), none, 0], true],
    ['one more, just told', [some(3), some(4), 59_999], false],
    ['one more, told a minute ago', [some(3), some(4), 60_000], true],
    ['another is the oldest', [some(3, 5), some(3, 6), 60_000], true],
    ['the same for long', [some(3), some(3), 999_999], false],
  ] as const)('%s', (_case, [told, found, sinceToldMs], expected) => {
    expect(isWorthTelling(told, found, sinceToldMs)).toBe(expected);
  });
});
