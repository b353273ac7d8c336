import { describe, expect, it } from '@jest/globals';
import { chooseDeadLetterSettlement } from './choose-dead-letter-settlement.ts';

const hourMs = 3_600_000;
const retry = (delayMs: number) => ({ kind: 'retry', delayMs });

describe('chooseDeadLetterSettlement', () => {
  it('acknowledges what the sink took, however late', () => {
    const sink = { isTaken: true, attempt: 99, elapsedMs: 2 * hourMs, timeoutMs: hourMs };
    expect(chooseDeadLetterSettlement(sink)).toEqual({ kind: 'ack' });
  });

  it.each([
    [1, 0, hourMs, retry(500)],
    [2, 500, hourMs, retry(1_000)],
    [8, 63_500, hourMs, retry(60_000)],
    [60, 2_000_000, hourMs, retry(60_000)],
    [61, hourMs - 10, hourMs, retry(10)],
    [62, hourMs, hourMs, { kind: 'park' }],
    [62, hourMs + 5_000, hourMs, { kind: 'park' }],
    [1, 0, 0, { kind: 'park' }],
    [1, 5, 100, retry(95)],
  ])('after attempt %i and %i ms of %i', (attempt, elapsedMs, timeoutMs, settlement) => {
    const sink = { isTaken: false, attempt, elapsedMs, timeoutMs };
    expect(chooseDeadLetterSettlement(sink)).toEqual(settlement);
  });
});
