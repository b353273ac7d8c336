import { isLive, type Lease } from '@jetmesh/eventing-api';

/** Leases of replicas that died without taking them away, some time after they ran out. */
export function expiredLeases(leases: readonly Lease[], now: Date, graceMs: number): Lease[] {
  const then = new Date(now.getTime() - graceMs);
  return leases
    .filter(({ spec }) => spec?.renewTime !== undefined)
    .filter((lease) => !isLive(lease, then));
}
