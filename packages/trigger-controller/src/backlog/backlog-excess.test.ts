import { describe, expect, it } from '@jest/globals';
import { backlogExcess, type Backlog, type FilledStream } from './backlog-excess.ts';

/** 1,000 events of 1,000 bytes, 1 to 1000, in a stream with room for 2,000. */
const stream: FilledStream = {
  messages: 1_000,
  bytes: 1_000_000,
  maxBytes: 2_000_000,
  firstSequence: 1,
  lastSequence: 1_000,
};
const dead: Backlog = { triggerUid: 'dead', heldCount: 1_000, settledUpTo: 0, maxBytes: 500_000 };
const healthy: Backlog = { ...dead, triggerUid: 'healthy', heldCount: 3, settledUpTo: 990 };

const excess = (changes: Partial<FilledStream>, ...backlogs: Backlog[]) =>
  Object.fromEntries(backlogExcess({ ...stream, ...changes }, backlogs));

describe('backlogExcess', () => {
  it.each<[string, object, Backlog[], object]>([
    ['nobody holds anything', { messages: 0, bytes: 0 }, [{ ...dead, heldCount: 0 }], {}],
    ['nobody holds more than it may', {}, [{ ...dead, maxBytes: 1_000_000 }, healthy], {}],
    ['one holds twice its bound: down to four fifths', {}, [dead, healthy], { dead: 600 }],
    [
      'its events are half of those after its floor',
      {},
      [{ ...dead, heldCount: 600, settledUpTo: 200, maxBytes: 300_000 }],
      { dead: 680 },
    ],
    [
      'the floor is older than the stream: sequences before its first do not count',
      { firstSequence: 5_001, lastSequence: 6_000 },
      [dead],
      { dead: 5_600 },
    ],
    ['two exceed their bounds', {}, [dead, { ...dead, triggerUid: 'b' }], { dead: 600, b: 600 }],
    ['the stream has no limit, but the Trigger has', { maxBytes: -1 }, [dead], { dead: 600 }],
    ['a bound of next to nothing', {}, [{ ...dead, maxBytes: 1 }], { dead: 1_000 }],
  ])('%s', (_case, changes, backlogs, expected) => {
    expect(excess(changes, ...backlogs)).toEqual(expected);
  });

  it('relieves a stream that is about to refuse, though nobody seems to hold too much', () => {
    const large = { ...dead, heldCount: 10, maxBytes: 1_000_000 };
    expect(excess({ bytes: 1_700_000 }, large, healthy)).toEqual({});
    expect(excess({ bytes: 1_900_000 }, large, healthy)).toEqual({ dead: 200 });
  });

  it('never asks for what has not been stored', () => {
    for (const heldCount of [1, 7, 999, 5_000]) {
      const [sequence] = Object.values(excess({}, { ...dead, heldCount, maxBytes: 1 }));
      expect(sequence).toBeLessThanOrEqual(stream.lastSequence);
    }
  });
});
