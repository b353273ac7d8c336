import { describe, expect, it } from '@jest/globals';
import { TwoGenerationCache } from './two-generation-cache.ts';

describe('TwoGenerationCache', () => {
  it('computes a value once while it is used', () => {
    const cache = new TwoGenerationCache<string>(8);
    let count = 0;
    const compute = (key: string) => `${key}${++count}`;
    for (let index = 0; index < 100; index++) {
      expect(cache.get('hot', compute)).toBe('hot1');
      cache.get(`cold${index}`, (key) => key);
    }
  });

  it('never holds more than its capacity', () => {
    const cache = new TwoGenerationCache<number>(8);
    for (let index = 0; index < 100; index++) {
      cache.get(String(index), Number);
      expect(cache.size).toBeLessThanOrEqual(8);
    }
  });
});
