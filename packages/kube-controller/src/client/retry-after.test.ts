import { expect, it } from '@jest/globals';
import { retryAfterMs } from './retry-after.ts';

const now = Date.parse('2026-01-01T00:00:00Z');

it.each([
  ['5', 5_000],
  ['0', 0],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('reads the Retry-After %s as %s', (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});
