import { describe, expect, it } from '@jest/globals';
import { deletionPlan, type DeletionFacts, type DeletionPlan } from './deletion-plan.ts';

const nothing = { pending: new Map<string, number>(), parkedCount: 0, lastSequence: 7 };
const something = {
  ...nothing,
  pending: new Map([
    ['team/b', 1],
    ['team/a', 2],
  ]),
  parkedCount: 1,
};
const text = '3 deliveries of team/a, team/b and 1 parked event';
const facts: DeletionFacts = {
  isForced: false,
  isNamespaceEnding: false,
  undelivered: nothing,
  settledAt: undefined,
};

describe('deletionPlan', () => {
  it.each<[string, Partial<DeletionFacts>, DeletionPlan]>([
    ['is looked at twice', {}, { kind: 'settle' }],
    ['still gets events', { settledAt: 6 }, { kind: 'settle' }],
    ['is drained', { settledAt: 7 }, { kind: 'remove', discarded: undefined, why: 'drained' }],
    ['owes events', { undelivered: something, settledAt: 7 }, { kind: 'wait', undelivered: text }],
    [
      'owes events and is forced',
      { undelivered: something, isForced: true },
      { kind: 'remove', discarded: text, why: 'forced' },
    ],
    [
      'owes events and ends with its Namespace',
      { undelivered: something, isNamespaceEnding: true },
      { kind: 'remove', discarded: text, why: 'namespace-ends' },
    ],
    [
      'is forced and owes nothing',
      { isForced: true },
      { kind: 'remove', discarded: undefined, why: 'forced' },
    ],
  ])('for a Broker that %s', (_case, changed, expected) => {
    expect(deletionPlan({ ...facts, ...changed })).toEqual(expected);
  });

  it('names a few Triggers only', () => {
    const pending = new Map(Array.from({ length: 8 }, (_, index) => [`team/t${index}`, 1]));
    const plan = deletionPlan({ ...facts, undelivered: { ...nothing, pending } });
    expect(plan).toEqual({
      kind: 'wait',
      undelivered: '8 deliveries of team/t0, team/t1, team/t2, team/t3, team/t4, 3 more',
    });
  });
});
