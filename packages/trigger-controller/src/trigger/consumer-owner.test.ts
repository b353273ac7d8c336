import { describe, expect, it } from '@jest/globals';
import { consumerName, serverFeatures } from '@jetmesh/jetstream';
import type { Trigger, TriggerSpec } from '@jetmesh/eventing-api';
import { consumerFamilyOf, consumerOf, familyOf } from './consumer-owner.ts';

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

describe('consumerOf', () => {
  const trigger = (spec: Partial<TriggerSpec>): Trigger => ({
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: 't', namespace: 'n', uid: 't1' },
    spec: { broker: 'b', subscriber: { uri: 'http://s' }, ...spec },
  });

  it('is another one for another filter, also when the subjects are the same', () => {
    const before = trigger({ filters: [{ suffix: { type: '.a' } }] });
    const after = trigger({ filters: [{ suffix: { type: '.b' } }] });
    expect(consumerOf(before, ['ceb.>'])).not.toBe(consumerOf(after, ['ceb.>']));
  });

  it('stays the same whatever else of the spec changes', () => {
    const moved = trigger({ subscriber: { uri: 'http://other' } });
    expect(consumerOf(trigger({}), ['ceb.>'])).toBe(consumerOf(moved, ['ceb.>']));
  });
});
