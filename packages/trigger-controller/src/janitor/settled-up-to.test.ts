import { describe, expect, it } from '@jest/globals';
import type { ConsumerState } from '@jetmesh/jetstream';
import { settledUpTo } from './settled-up-to.ts';

describe('settledUpTo', () => {
  it.each<[string, Partial<ConsumerState>[], number]>([
    ['everything without consumers', [], 100],
    [
      'everything when all are idle, wherever their floors are',
      [{ ackFloorStreamSequence: 3 }],
      100,
    ],
    [
      'the floor of one that has events to come',
      [{ numPending: 1, ackFloorStreamSequence: 40 }],
      40,
    ],
    [
      'the floor of one that has events out',
      [{ numAckPending: 1, ackFloorStreamSequence: 40 }],
      40,
    ],
    [
      'the lowest floor of the busy ones',
      [
        { numPending: 5, ackFloorStreamSequence: 60 },
        { numAckPending: 2, ackFloorStreamSequence: 50 },
        { ackFloorStreamSequence: 1 },
      ],
      50,
    ],
    ['never more than was there', [{ numPending: 1, ackFloorStreamSequence: 120 }], 100],
  ])('is %s', (_case, consumers, expected) => {
    expect(settledUpTo(100, consumers.map(aConsumer))).toBe(expected);
  });
});

function aConsumer(state: Partial<ConsumerState>): ConsumerState {
  return {
    name: 'C',
    numWaiting: 0,
    numPending: 0,
    numAckPending: 0,
    numRedelivered: 0,
    deliveredConsumerSequence: 0,
    deliveredStreamSequence: 0,
    ackFloorStreamSequence: 0,
    filterSubjects: [],
    ...state,
  };
}
