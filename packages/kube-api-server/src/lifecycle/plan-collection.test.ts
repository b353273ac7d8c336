import { describe, expect, it } from '@jest/globals';
import { planCollection, type CollectionPlan, type OwnerState } from './plan-collection.ts';

function plan(
  states: OwnerState[],
  more: { finalizers?: string[]; hasDependents?: boolean } = {},
): CollectionPlan {
  const { finalizers = [], hasDependents = false } = more;
  const object = { apiVersion: 'v1', kind: 'T', metadata: { name: 'x', finalizers } };
  const owners = states.map((state, at) => ({
    state,
    reference: { apiVersion: 'v1', kind: 'T', name: `o${at}`, uid: `u${at}` },
  }));
  return planCollection(object, owners, hasDependents);
}

describe('planCollection', () => {
  it.each<[OwnerState[], CollectionPlan]>([
    [[], { kind: 'keep' }],
    [['present'], { kind: 'keep' }],
    [['unknown'], { kind: 'keep' }],
    [['present', 'absent'], { kind: 'drop-references', uids: ['u1'] }],
    [['unknown', 'waiting'], { kind: 'drop-references', uids: ['u1'] }],
    [['absent'], { kind: 'delete', propagation: 'Background' }],
    [['absent', 'waiting'], { kind: 'delete', propagation: 'Background' }],
  ])('with owners %p', (states, expected) => {
    expect(plan(states)).toEqual(expected);
  });

  it('deletes in the foreground what has dependents and is waited for', () => {
    expect(plan(['waiting'], { hasDependents: true })).toEqual({
      kind: 'delete',
      propagation: 'Foreground',
    });
    expect(plan(['absent'], { hasDependents: true })).toEqual({
      kind: 'delete',
      propagation: 'Background',
    });
  });

  it.each([
    ['orphan', 'Orphan'],
    ['foregroundDeletion', 'Foreground'],
  ] as const)('keeps to what %s asks for', (finalizer, propagation) => {
    expect(plan(['absent'], { finalizers: [finalizer] })).toEqual({ kind: 'delete', propagation });
  });
});
