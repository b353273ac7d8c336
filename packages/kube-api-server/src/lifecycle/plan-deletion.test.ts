import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../object/kube-object.ts';
import { configMapResource } from '../registry/built-in/config-map-resource.ts';
import { namespaceResource } from '../registry/built-in/namespace-resource.ts';
import { planDeletion } from './plan-deletion.ts';

const now = new Date('2026-01-01T00:00:00.999Z');

function object(finalizers: string[] = [], more: object = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'T',
    metadata: { name: 'x', generation: 1, finalizers, ...more },
  };
}

describe('planDeletion', () => {
  it('deletes at once what nothing holds', () => {
    const stored = object();
    const plan = planDeletion(stored, configMapResource, { propagation: 'Background', now });
    expect(plan).toEqual({ kind: 'delete', object: stored });
  });

  it('marks what has finalizers, once', () => {
    const plan = planDeletion(object(['a/b']), configMapResource, {
      propagation: 'Background',
      now,
    });
    const metadata = {
      name: 'x',
      generation: 2,
      finalizers: ['a/b'],
      deletionTimestamp: '2026-01-01T00:00:00Z',
      deletionGracePeriodSeconds: 0,
    };
    expect(plan).toMatchObject({ kind: 'put', object: { metadata } });
    if (plan.kind !== 'put') return;
    const again = planDeletion(plan.object, configMapResource, { propagation: 'Background', now });
    expect(again).toEqual({ kind: 'keep' });
  });

  it.each([
    ['Foreground', 'foregroundDeletion'],
    ['Orphan', 'orphan'],
  ] as const)('waits, when asked for %s, by a finalizer', (propagation, finalizer) => {
    expect(planDeletion(object(), configMapResource, { propagation, now })).toMatchObject({
      kind: 'put',
      object: { metadata: { finalizers: [finalizer] } },
    });
  });

  it('holds a Namespace that has content', () => {
    const namespace = {
      ...object(),
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    };
    expect(
      planDeletion(namespace, namespaceResource, { propagation: 'Background', now }),
    ).toMatchObject({
      kind: 'put',
      object: { status: { phase: 'Terminating' } },
    });
  });
});
