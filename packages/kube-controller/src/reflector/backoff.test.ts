import { expect, it } from '@jest/globals';
import { Backoff } from './backoff.ts';

it('doubles from the first to the last delay, and starts again after a reset', () => {
  const backoff = new Backoff({ firstMs: 100, lastMs: 400 }, () => 0.5);
  expect([backoff.next(), backoff.next(), backoff.next(), backoff.next()]).toEqual([
    100, 200, 400, 400,
  ]);
  backoff.reset();
  expect(backoff.next()).toBe(100);
});

it('spreads each delay by a half up or down', () => {
  expect(new Backoff({ firstMs: 100, lastMs: 400 }, () => 0).next()).toBe(50);
  expect(new Backoff({ firstMs: 100, lastMs: 400 }, () => 0.999).next()).toBeCloseTo(150, 0);
});
