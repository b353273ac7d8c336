import { describe, expect, it } from '@jest/globals';
import { serverFeatures } from './server-features.ts';

describe('serverFeatures', () => {
  it.each([
    ['2.9.10', false],
    ['2.9.25', false],
    ['2.10.0', true],
    ['2.10.0-preview.1', true],
    ['v2.15.2', true],
    ['3.0.0', true],
    ['1.11.0', false],
    ['', false],
    ['dev', false],
  ])('%s can do more than 2.9: %s', (version, isMore) => {
    expect(serverFeatures(version)).toEqual({
      version,
      filterUnions: isMore,
      metadata: isMore,
      filterUpdates: isMore,
    });
  });
});
