import { describe, expect, it } from '@jest/globals';
import { humanDuration } from './human-duration.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('humanDuration', () => {
  it.each([
    [-2 * second, '<invalid>'],
    [-1, '0s'],
    [0, '0s'],
    [119 * second, '119s'],
    [2 * minute, '2m'],
    [3 * minute + 12 * second, '3m12s'],
    [10 * minute + 30 * second, '10m'],
    [179 * minute, '179m'],
    [3 * hour, '3h'],
    [5 * hour + 20 * minute, '5h20m'],
    [47 * hour, '47h'],
    [2 * day + 3 * hour, '2d3h'],
    [30 * day, '30d'],
    [3 * 365 * day + 40 * day, '3y40d'],
    [9 * 365 * day, '9y'],
  ])('shows %d ms', (durationMs, text) => {
    expect(humanDuration(durationMs)).toBe(text);
  });
});
