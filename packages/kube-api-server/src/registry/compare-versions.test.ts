import { describe, expect, it } from '@jest/globals';
import { compareVersions } from './compare-versions.ts';

describe('compareVersions', () => {
  it('sorts as Kubernetes does', () => {
    const sorted = [
      'v10',
      'v2',
      'v1',
      'v11beta2',
      'v10beta3',
      'v3beta1',
      'v12alpha1',
      'v11alpha2',
      'foo1',
      'foo10',
    ];
    expect([...sorted].reverse().sort(compareVersions)).toEqual(sorted);
  });
});
