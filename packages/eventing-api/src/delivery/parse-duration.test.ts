import { describe, expect, it } from '@jest/globals';
import { parseDurationMs } from './parse-duration.ts';

describe('parseDurationMs', () => {
  it.each([
    ['PT0S', 0],
    ['PT0.2S', 200],
    ['PT1,5S', 1500],
    ['PT2M', 120_000],
    ['PT1H30M', 5_400_000],
    ['P1D', 86_400_000],
    ['P1W', 604_800_000],
    ['P1DT1S', 86_401_000],
    ['P1Y', 31_536_000_000],
  ])('reads %s', (iso, expectedMs) => {
    expect(parseDurationMs(iso)).toBeCloseTo(expectedMs);
  });

  it.each(['', 'P', 'PT', '1S', 'P1S', 'PT1D', 'PT-1S', '-PT1S', 'PT1.S2', 'pt1s', '5s'])(
    'refuses %j',
    (text) => {
      expect(parseDurationMs(text)).toBeUndefined();
    },
  );
});
