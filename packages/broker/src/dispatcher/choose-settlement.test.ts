import { describe, expect, it } from '@jest/globals';
import { chooseSettlement } from './choose-settlement.ts';
import type { FinalOutcome } from './outcome.ts';
import type { RetryPolicy } from './retry-policy.ts';

const policy: RetryPolicy = {
  retryCount: 2,
  backoffPolicy: 'exponential',
  backoffDelayMs: 1_000,
  backoffMaxMs: 60_000,
  retryAfterMaxMs: 60_000,
};
const failure = { destination: 'http://subscriber/', code: 503, data: Buffer.from('busy') };
const retryable: FinalOutcome = { kind: 'retryable', failure, retryAfterMs: undefined };

describe('chooseSettlement', () => {
  it('acknowledges what was delivered', () => {
    const delivered: FinalOutcome = { kind: 'delivered', hasIgnoredBody: false };
    expect(chooseSettlement(delivered, 1, policy)).toEqual({ kind: 'ack' });
  });

  it('gives up at once on what no retry cures', () => {
    expect(chooseSettlement({ kind: 'rejected', failure }, 1, policy)).toEqual({
      kind: 'dead-letter',
      reason: 'rejected',
      failure,
    });
  });

  it.each([
    [1, { kind: 'retry', delayMs: 1_000 }],
    [2, { kind: 'retry', delayMs: 2_000 }],
    [3, { kind: 'dead-letter', reason: 'retries-exhausted', failure }],
    [9, { kind: 'dead-letter', reason: 'retries-exhausted', failure }],
  ])('after attempt %i of a delivery with two retries', (attempt, settlement) => {
    expect(chooseSettlement(retryable, attempt, policy)).toEqual(settlement);
  });

  it('makes one attempt without retries', () => {
    expect(chooseSettlement(retryable, 1, { ...policy, retryCount: 0 }).kind).toBe('dead-letter');
  });

  it('waits as long as the subscriber asks', () => {
    expect(chooseSettlement({ ...retryable, retryAfterMs: 7_000 }, 1, policy)).toEqual({
      kind: 'retry',
      delayMs: 7_000,
    });
  });
});
