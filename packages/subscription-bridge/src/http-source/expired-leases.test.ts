import { describe, expect, it } from '@jest/globals';
import type { Lease } from '@jetmesh/eventing-api';
import { expiredLeases } from './expired-leases.ts';

function aLease(name: string, renewTime?: string): Lease {
  const spec = renewTime === undefined ? {} : { renewTime, leaseDurationSeconds: 15 };
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name }, spec };
}

describe('expiredLeases', () => {
  it('are those that ran out longer ago than the grace', () => {
    const leases = [
      aLease('live', '2026-01-02T03:09:55.000000Z'),
      aLease('dead', '2026-01-02T03:05:30.000000Z'),
      aLease('long dead', '2026-01-02T03:04:30.000000Z'),
      aLease('just made'),
    ];
    const now = new Date('2026-01-02T03:10:00Z');
    const expired = expiredLeases(leases, now, 300_000);
    expect(expired.map(({ metadata }) => metadata.name)).toEqual(['long dead']);
  });
});
