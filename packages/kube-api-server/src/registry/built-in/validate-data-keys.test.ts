import { describe, expect, it } from '@jest/globals';
import { validateDataKeys } from './validate-data-keys.ts';

describe('validateDataKeys', () => {
  it.each([
    ['a-B_1.txt', 0],
    ['a b', 1],
    ['..', 1],
    ['', 1],
  ])('of %p', (key, count) => {
    expect(validateDataKeys({ [key]: 'x' }, 'data')).toHaveLength(count);
  });
});
