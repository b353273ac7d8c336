import { describe, expect, it } from '@jest/globals';
import { retryDelayMs } from './retry-delay.ts';
import type { RetryPolicy } from './retry-policy.ts';

const policy: RetryPolicy = {
  retryCount: 10,
  backoffPolicy: 'exponential',
  backoffDelayMs: 200,
  backoffMaxMs: 2 ** 31 - 1,
  retryAfterMaxMs: 60_000,
};

const schedule = (changes: Partial<RetryPolicy>, count: number) =>
  Array.from({ length: count }, (_, index) =>
    retryDelayMs({ ...policy, ...changes }, index, undefined),
  );

describe('retryDelayMs', () => {
  it('doubles an exponential delay, beginning with the delay itself', () => {
    expect(schedule({}, 5)).toEqual([200, 400, 800, 1600, 3200]);
  });

  it('keeps a linear delay', () => {
    expect(schedule({ backoffPolicy: 'linear' }, 4)).toEqual([200, 200, 200, 200]);
  });

  it('does not wait without a policy', () => {
    expect(schedule({ backoffPolicy: 'none' }, 3)).toEqual([0, 0, 0]);
  });

  it('caps either policy at backoffMax', () => {
    expect(schedule({ backoffMaxMs: 500 }, 4)).toEqual([200, 400, 500, 500]);
    expect(schedule({ backoffMaxMs: 50, backoffPolicy: 'linear' }, 2)).toEqual([50, 50]);
  });

  it('stays finite after any number of retries', () => {
    expect(retryDelayMs(policy, 5_000, undefined)).toBe(2 ** 31 - 1);
  });

  it.each([
    ['a longer Retry-After wins', 0, 5_000, 5_000],
    ['a shorter one does not shorten the back-off', 3, 1_000, 1_600],
    ['a Retry-After is capped at its maximum', 0, 3_600_000, 60_000],
  ])('%s', (_case, retryIndex, retryAfterMs, expectedMs) => {
    expect(retryDelayMs(policy, retryIndex, retryAfterMs)).toBe(expectedMs);
  });

  it('ignores Retry-After when its maximum is zero', () => {
    expect(retryDelayMs({ ...policy, retryAfterMaxMs: 0 }, 0, 5_000)).toBe(200);
  });

  it('lets Retry-After exceed backoffMax', () => {
    expect(retryDelayMs({ ...policy, backoffMaxMs: 100 }, 0, 5_000)).toBe(5_000);
  });
});
