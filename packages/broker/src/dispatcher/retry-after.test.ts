import { describe, expect, it } from '@jest/globals';
import { retryAfterMs } from './retry-after.ts';

const now = Date.parse('2026-01-01T00:00:00Z');

describe('retryAfterMs', () => {
  it.each([
    ['seconds', '120', 120_000],
    ['zero', '0', 0],
    ['an HTTP-date', 'Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['a date that has passed', 'Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['nothing usable', 'soon', undefined],
    ['an empty value', ' ', undefined],
    ['a negative number', '-5x', undefined],
  ])('reads %s', (_case, value, expectedMs) => {
    expect(retryAfterMs(['content-length', '0', 'Retry-After', value], now)).toBe(expectedMs);
  });

  it('is undefined without the header', () => {
    expect(retryAfterMs(['content-length', '0'], now)).toBeUndefined();
  });
});
