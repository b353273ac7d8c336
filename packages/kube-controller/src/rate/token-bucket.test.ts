import { describe, expect, it } from '@jest/globals';
import { TokenBucket } from './token-bucket.ts';

describe('TokenBucket', () => {
  it('gives a burst, then refuses until it has refilled', () => {
    const bucket = new TokenBucket({ burstCount: 2, perSecond: 1 }, 0);
    expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([true, true, false]);
    expect(bucket.take(900)).toBe(false);
    expect(bucket.take(1_000)).toBe(true);
    expect([bucket.take(9_000), bucket.take(9_000), bucket.take(9_000)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('spaces what is reserved beyond the burst', () => {
    const bucket = new TokenBucket({ burstCount: 2, perSecond: 10 }, 0);
    const waits = [0, 0, 0, 0, 150].map((nowMs) => Math.round(bucket.reserve(nowMs)));
    expect(waits).toEqual([0, 0, 100, 200, 150]);
  });
});
