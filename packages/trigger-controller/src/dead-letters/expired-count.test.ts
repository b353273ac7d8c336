import { describe, expect, it } from '@jest/globals';
import { expiredCount, type DeadLetterStreamState } from './expired-count.ts';

const nowMs = 1_000_000;
/** Ten events, the oldest of them due by age now; a tenth of the room is taken. */
const before: DeadLetterStreamState = {
  messages: 10,
  bytes: 1_000,
  maxBytes: 10_000,
  maxAgeMs: 100_000,
  firstTimestampMs: nowMs - 100_000,
  lastSequence: 10,
  removedBetweenCount: 0,
};
const young = { ...before, firstTimestampMs: nowMs - 50_000 };

describe('expiredCount', () => {
  it.each<[string, DeadLetterStreamState, Partial<DeadLetterStreamState>, number]>([
    ['nothing happened', before, {}, 0],
    ['three were too old', before, { messages: 7 }, 3],
    ['three were too old while two were parked', before, { messages: 9, lastSequence: 12 }, 3],
    [
      'three were too old, and an operator took two of the others',
      before,
      { messages: 5, removedBetweenCount: 2 },
      3,
    ],
    ['an operator took the oldest', young, { messages: 7 }, 0],
    ['an operator took all', young, { messages: 0, bytes: 0 }, 0],
    ['four made room for five', young, { messages: 11, lastSequence: 15, bytes: 9_900 }, 4],
    ['there was none', { ...before, messages: 0 }, { messages: 1, lastSequence: 11 }, 0],
    ['no age, room enough', before, { messages: 7, maxAgeMs: 0 }, 0],
  ])('%s', (_case, first, changes, count) => {
    expect(expiredCount(first, { ...first, ...changes }, nowMs)).toBe(count);
  });
});
