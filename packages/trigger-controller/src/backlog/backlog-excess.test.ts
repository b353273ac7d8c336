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
const dead: Backlog = {
  triggerUid: 'dead',
  pendingCount: 1_000,
  openCount: 0,
  settledUpTo: 0,
  deliveredUpTo: 0,
  isStuck: false,
  maxBytes: 500_000,
};
const healthy: Backlog = {
  ...dead,
  triggerUid: 'healthy',
  pendingCount: 0,
  openCount: 3,
  settledUpTo: 990,
  deliveredUpTo: 1_000,
};
/** 200 of its events are out. */
const busy: Backlog = { ...dead, pendingCount: 800, openCount: 200, deliveredUpTo: 200 };

const excess = (changes: Partial<FilledStream>, ...backlogs: Backlog[]) =>
  Object.fromEntries(backlogExcess({ ...stream, ...changes }, backlogs));

describe('backlogExcess', () => {
  it.each<[string, object, Backlog[], object]>([
    ['nobody holds anything', { messages: 0, bytes: 0 }, [{ ...dead, pendingCount: 0 }], {}],
    ['nobody holds more than it may', {}, [{ ...dead, maxBytes: 1_000_000 }, healthy], {}],
    ['one holds twice its bound: down to four fifths', {}, [dead, healthy], { dead: 600 }],
    [
      'its events are half of those after its floor',
      {},
      [{ ...dead, pendingCount: 600, settledUpTo: 200, maxBytes: 300_000 }],
      { dead: 680 },
    ],
    [
      'the floor is older than the stream: sequences before its first do not count',
      { firstSequence: 5_001, lastSequence: 6_000 },
      [dead],
      { dead: 5_600 },
    ],
    ['what is out is the oldest', {}, [{ ...busy, maxBytes: 999_000 }], { dead: 201 }],
    ['some of what is pending goes too', {}, [busy], { dead: 600 }],
    [
      'what is out is stuck: the pending must make up for it',
      {},
      [{ ...busy, isStuck: true }],
      { dead: 800 },
    ],
    [
      'everything is stuck',
      {},
      [{ ...busy, pendingCount: 0, openCount: 1_000, deliveredUpTo: 1_000, isStuck: true }],
      { dead: 1_000 },
    ],
    ['two exceed their bounds', {}, [dead, { ...dead, triggerUid: 'b' }], { dead: 600, b: 600 }],
    ['the stream has no limit, but the Trigger has', { maxBytes: -1 }, [dead], { dead: 600 }],
    ['a bound of next to nothing', {}, [{ ...dead, maxBytes: 1 }], { dead: 1_000 }],
  ])('%s', (_case, changes, backlogs, expected) => {
    expect(excess(changes, ...backlogs)).toEqual(expected);
  });

  it('relieves a stream that is about to refuse, though nobody seems to hold too much', () => {
    const large = { ...dead, pendingCount: 10, maxBytes: 1_000_000 };
    expect(excess({ bytes: 1_700_000 }, large, healthy)).toEqual({});
    expect(excess({ bytes: 1_900_000 }, large, healthy)).toEqual({ dead: 200 });
  });

  it('never asks for what has not been stored', () => {
    for (const pendingCount of [1, 7, 999, 5_000]) {
      const [sequence] = Object.values(excess({}, { ...dead, pendingCount, maxBytes: 1 }));
      expect(sequence).toBeLessThanOrEqual(stream.lastSequence);
    }
  });
});
