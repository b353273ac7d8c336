import { describe, expect, it } from '@jest/globals';
import { isOwnedBy, ownedBy } from './stream-owner.ts';

const config = { description: 'Events of a Broker' };

describe('isOwnedBy', () => {
  it('knows the streams of its own cluster', () => {
    expect(isOwnedBy(ownedBy(config, 'c1'), 'c1')).toBe(true);
  });

  it.each([
    ['of another cluster', ownedBy(config, 'c2'), 'c1'],
    ['without a mark', config, 'c1'],
    ['when the cluster is not known', ownedBy(config, undefined), undefined],
  ])('leaves a stream %s alone', (_case, stream, cluster) => {
    expect(isOwnedBy(stream, cluster)).toBe(false);
  });
});
