import { describe, expect, it } from '@jest/globals';
import { lastStoredBefore } from './last-stored-before.ts';

/** Messages at these sequences, each stored as many milliseconds after 0 as its sequence says, times ten. */
async function find(sequences: readonly number[], limitMs: number) {
  let readCount = 0;
  const admin = {
    readOldest: (_stream: string, _subject: string, from = 1) => {
      readCount += 1;
      const sequence = sequences.find((each) => each >= from);
      const message = { subject: 's', headers: [], data: Buffer.alloc(0) };
      return Promise.resolve(
        sequence === undefined ? undefined : { ...message, sequence, timestampMs: sequence * 10 },
      );
    },
  };
  const range = {
    name: 'S',
    firstSequence: sequences[0] ?? 1,
    lastSequence: sequences.at(-1) ?? 0,
  };
  return { sequence: await lastStoredBefore(admin, range, limitMs), readCount };
}

const thousand = Array.from({ length: 1_000 }, (_, index) => index + 1);

describe('lastStoredBefore', () => {
  it.each([
    [thousand, 5_005, 500],
    [thousand, 10, 0],
    [thousand, 99_999, 1_000],
    [[5, 6, 90, 91], 60, 5],
    [[5, 6, 90, 91], 800, 6],
    [[5, 6, 90, 91], 901, 90],
    [[7], 71, 7],
    [[], 100, 0],
  ])('of %j before %i is %i', async (sequences, limitMs, expected) => {
    const { sequence } = await find(sequences, limitMs);
    const stored = sequences.filter((each) => each <= sequence).at(-1) ?? expected;
    expect(stored).toBe(expected);
  });

  it('reads little of much', async () => {
    expect((await find(thousand, 5_005)).readCount).toBeLessThanOrEqual(11);
  });
});
