import { describe, expect, it } from '@jest/globals';
import type { Lease } from '../kubernetes/core-kinds.ts';
import { adapterFinding } from './adapter-replicas.ts';

const now = new Date('2026-01-02T03:04:05.678Z');
const source = {
  apiVersion: 'sources.kyma-project.io/v1alpha1',
  kind: 'HTTPSource',
  metadata: { namespace: 'integration', name: 'commerce', generation: 3 },
  spec: { source: 'commerce' },
};

function aLease(
  name: string,
  annotation: string,
  renewTime = '2026-01-02T03:04:00.000000Z',
): Lease {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, annotations: { 'jetmesh.dev/routed-generations': annotation } },
    spec: { renewTime, leaseDurationSeconds: 15 },
  };
}

describe('adapterFinding', () => {
  it('counts live replicas and those that route by the current generation', () => {
    const leases = [
      aLease('a', '{"integration/commerce":3}'),
      aLease('b', '{"integration/commerce":2}'),
      aLease('c', '{}'),
      aLease('dead', '{"integration/commerce":2}', '2026-01-02T03:03:50.000000Z'),
      { ...aLease('new', '{}'), spec: {} },
    ];
    const finding = { liveCount: 3, routingCount: 1, behind: ['b', 'c'] };
    expect(adapterFinding(source, leases, now)).toEqual(finding);
  });

  it.each(['{', '7', 'null', '[]', '""'])(
    'takes the annotation %j for no confirmation, and says so',
    (text) => {
      expect(adapterFinding(source, [aLease('a', text)], now)).toEqual({
        liveCount: 1,
        routingCount: 0,
        behind: ['a (its jetmesh.dev/routed-generations is no JSON object)'],
      });
    },
  );

  it('takes a generation that is no number for none', () => {
    const lease = aLease('a', '{"integration/commerce":"9"}');
    expect(adapterFinding(source, [lease], now)).toMatchObject({ behind: ['a'] });
  });
});
