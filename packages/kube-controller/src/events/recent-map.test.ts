import { expect, it } from '@jest/globals';
import { RecentMap } from './recent-map.ts';

it('forgets what was used longest ago', () => {
  const map = new RecentMap<number>(2);
  map.getOrMake('a', () => 1);
  map.getOrMake('b', () => 2);
  expect(map.getOrMake('a', () => 9)).toBe(1);
  map.getOrMake('c', () => 3);
  expect(map.getOrMake('a', () => 9)).toBe(1);
  expect(map.getOrMake('b', () => 9)).toBe(9);
});
