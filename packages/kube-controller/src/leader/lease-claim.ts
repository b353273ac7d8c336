import type { Lease } from '@jetmesh/eventing-api';

export interface ClaimSettings {
  readonly namespace: string;
  readonly name: string;
  readonly identity: string;
  readonly leaseDurationMs: number;
}

/** The Lease to write in order to be its holder: taken over from `current`, renewed, or made. */
export function leaseClaim(current: Lease | undefined, settings: ClaimSettings, now: Date): Lease {
  const { namespace, name, identity, leaseDurationMs } = settings;
  const isRenewal = current?.spec?.holderIdentity === identity;
  const transitions = current?.spec?.leaseTransitions ?? 0;
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { ...current?.metadata, name, namespace },
    spec: {
      holderIdentity: identity,
      leaseDurationSeconds: Math.ceil(leaseDurationMs / 1000),
      acquireTime: (isRenewal ? current.spec?.acquireTime : undefined) ?? microTime(now),
      renewTime: microTime(now),
      leaseTransitions: isRenewal || current === undefined ? transitions : transitions + 1,
    },
  };
}

/** The same Lease without a holder, so that the next candidate need not wait for it to expire. */
export function leaseRelease(current: Lease, now: Date): Lease {
  return {
    ...current,
    spec: {
      ...current.spec,
      holderIdentity: '',
      leaseDurationSeconds: 1,
      renewTime: microTime(now),
    },
  };
}

/** MicroTime of the Kubernetes API: always six digits. */
export function microTime(time: Date): string {
  return time.toISOString().replace('Z', '000Z');
}
