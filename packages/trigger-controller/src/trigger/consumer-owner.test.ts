import { describe, expect, it } from '@jest/globals';
import { consumerName, serverFeatures } from '@jetmesh/jetstream';
import { consumerFamilyOf, familyOf } from './consumer-owner.ts';

describe('familyOf', () => {
  it.each(['7d4f9a50-1111-4222-8333-944455556666', 't1', 'not a uuid, with spaces'])(
    'is the same for every name that consumers of the Trigger %j have',
    (uid) => {
      const names = [
        consumerName(uid, ['ceb.a.>'], serverFeatures('2.9.10')),
        consumerName(uid, ['ceb.b.>'], serverFeatures('2.9.10')),
        consumerName(uid, ['ceb.b.>'], serverFeatures('2.12.0')),
      ];
      expect(names.map(familyOf)).toEqual(names.map(() => consumerFamilyOf(uid)));
    },
  );

  it('is undefined for a consumer of somebody else', () => {
    expect(familyOf('debugging')).toBeUndefined();
  });
});
