import { describe, expect, it } from '@jest/globals';
import { chooseDeadLetterSettlement } from './choose-dead-letter-settlement.ts';

describe('chooseDeadLetterSettlement', () => {
  it('acknowledges what the sink took', () => {
    expect(chooseDeadLetterSettlement(true, 1)).toEqual({ kind: 'ack' });
  });

  it.each([
    [1, 500],
    [2, 1_000],
    [5, 8_000],
    [8, 60_000],
    [65, 60_000],
  ])('after attempt %i waits %i ms', (attempt, delayMs) => {
    expect(chooseDeadLetterSettlement(false, attempt)).toEqual({ kind: 'retry', delayMs });
  });

  it('parks after about an hour', () => {
    let waitedMs = 0;
    for (let attempt = 1; ; attempt += 1) {
      const settlement = chooseDeadLetterSettlement(false, attempt);
      if (settlement.kind !== 'retry') break;
      waitedMs += settlement.delayMs;
    }
    expect(waitedMs / 60_000).toBeGreaterThan(55);
    expect(waitedMs / 60_000).toBeLessThan(65);
  });
});
