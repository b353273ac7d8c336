import { describe, expect, it } from '@jest/globals';
import { purgeableUpTo } from './purgeable-up-to.ts';

const consumed = {
  retention: 'consumed',
  messages: 100,
  bytes: 100,
  maxBytes: 1_000,
  firstSequence: 501,
  lastSequence: 600,
} as const;
const kept = { ...consumed, retention: 'kept' } as const;
const full = { ...kept, bytes: 900 };

describe('purgeableUpTo', () => {
  it.each([
    ['consumed: whatever is settled', consumed, 550, 550],
    ['empty: nothing', { ...consumed, messages: 0 }, 600, 0],
    ['kept, with room: nothing', kept, 600, 0],
    ['kept, without limit: nothing', { ...full, maxBytes: -1 }, 600, 0],
    ['kept, nearly full: the oldest tenth', full, 600, 510],
    ['kept, nearly full: nothing that is not settled', full, 503, 503],
  ])('of a stream that is %s', (_case, stream, settledUpTo, sequence) => {
    expect(purgeableUpTo(stream, settledUpTo)).toBe(sequence);
  });
});
