import { describe, expect, it } from '@jest/globals';
import { ExhaustedDeliveries, type ExhaustedDelivery } from './exhausted-deliveries.ts';

const delivery: ExhaustedDelivery = {
  reason: 'rejected',
  failure: { destination: 'http://subscriber/', code: 400, data: Buffer.alloc(0) },
  attemptCount: 1,
  deadLetterAttempts: 0,
  sinceMs: 0,
};

describe('ExhaustedDeliveries', () => {
  it('recalls what it remembers until it forgets', () => {
    const deliveries = new ExhaustedDeliveries();
    deliveries.remember(7, delivery);
    expect(deliveries.recall(7)).toBe(delivery);
    deliveries.forget(7);
    expect(deliveries.recall(7)).toBeUndefined();
  });

  it('drops the one that was remembered longest ago when it is full', () => {
    const deliveries = new ExhaustedDeliveries(2);
    deliveries.remember(1, delivery);
    deliveries.remember(2, delivery);
    deliveries.remember(1, delivery);
    deliveries.remember(3, delivery);
    expect([1, 2, 3].filter((sequence) => deliveries.recall(sequence))).toEqual([1, 3]);
  });
});
