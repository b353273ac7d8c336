import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextAsk, type NextAsk, type PullWindow } from './next-ask.ts';

const MiB = 1024 ** 2;
const empty: PullWindow = {
  maxUnsettled: 64,
  maxUnsettledBytes: 8 * MiB,
  unsettledCount: 0,
  unsettledBytes: 0,
  requestedCount: 0,
  requestedBytes: 0,
  floorBytes: MiB,
  budgetBytes: 256 * MiB,
  largestBytes: 0,
};

const wait = { kind: 'wait' };
const later = { kind: 'later' };

describe('nextAsk', () => {
  it.each<[string, Partial<PullWindow>, boolean, NextAsk | object]>([
    ['idle: the window, but few bytes', {}, false, { kind: 'ask', batch: 64, maxBytes: MiB }],
    [
      'small messages: few bytes do',
      { largestBytes: 1_000 },
      false,
      { kind: 'ask', batch: 64, maxBytes: MiB },
    ],
    [
      'larger ones: as many bytes as the batch needs',
      { largestBytes: 100_000 },
      false,
      { kind: 'ask', batch: 64, maxBytes: 6_400_000 },
    ],
    [
      'large ones: no more than fit into the bytes',
      { largestBytes: MiB },
      false,
      { kind: 'ask', batch: 8, maxBytes: 8 * MiB },
    ],
    [
      'a fading size: whole bytes, since the server takes no others',
      { largestBytes: 100_000.001 },
      false,
      { kind: 'ask', batch: 64, maxBytes: 6_400_001 },
    ],
    ['a full window', { unsettledCount: 64 }, true, wait],
    ['a full window of requests', { requestedCount: 64 }, true, wait],
    ['more than the window', { unsettledCount: 70 }, true, wait],
    ['a quarter is free', { requestedCount: 48 }, false, { kind: 'ask', batch: 16 }],
    ['less, with requests there', { requestedCount: 49 }, true, wait],
    ['less, with nothing there', { unsettledCount: 49 }, false, later],
    ['less, and it has waited', { unsettledCount: 49 }, true, { kind: 'ask', batch: 15 }],
    ['a window of one', { maxUnsettled: 1 }, false, { kind: 'ask', batch: 1 }],
    ['bytes are used up', { unsettledCount: 8, unsettledBytes: 7.5 * MiB }, false, wait],
    [
      'others have used the bytes up',
      { unsettledCount: 8, budgetBytes: -1 },
      false,
      { kind: 'wait-for-budget' },
    ],
    [
      'others have, but we have nothing',
      { budgetBytes: -300 * MiB, largestBytes: MiB },
      false,
      { kind: 'ask', batch: 1, maxBytes: MiB },
    ],
    [
      'the window has no room for one message, and is empty',
      { maxUnsettledBytes: 1_000 },
      false,
      { kind: 'ask', batch: 64, maxBytes: MiB },
    ],
  ])('%s', (_, window, isDue, expected) => {
    expect(nextAsk({ ...empty, ...window }, isDue)).toMatchObject(expected);
  });

  const size = fc.nat({ max: 2 * MiB });
  const count = fc.nat({ max: 80 });
  const windows = fc.record({
    maxUnsettled: fc.integer({ min: 1, max: 64 }),
    maxUnsettledBytes: size,
    unsettledCount: count,
    unsettledBytes: size,
    requestedCount: count,
    requestedBytes: size,
    floorBytes: fc.integer({ min: 1, max: MiB }),
    budgetBytes: fc.integer({ min: -MiB, max: MiB }),
    largestBytes: size,
  });

  it('never asks for more than is free, nor for less than one message needs', () => {
    fc.assert(
      fc.property(windows, fc.boolean(), (window, isDue) => {
        const ask = nextAsk(window, isDue);
        if (ask.kind !== 'ask') return;
        const { maxUnsettled, unsettledCount, requestedCount, floorBytes } = window;
        expect(ask.batch).toBeGreaterThanOrEqual(1);
        expect(unsettledCount + requestedCount + ask.batch).toBeLessThanOrEqual(maxUnsettled);
        expect(ask.maxBytes).toBeGreaterThanOrEqual(floorBytes);
      }),
    );
  });

  it('always asks when it has nothing', () => {
    fc.assert(
      fc.property(windows, (window) => {
        const nothing = { ...window, unsettledCount: 0, requestedCount: 0 };
        expect(nextAsk(nothing, false).kind).toBe('ask');
      }),
    );
  });
});
