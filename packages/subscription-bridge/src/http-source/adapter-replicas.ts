import { objectKey, type HttpSource, type Lease } from '@jetmesh/eventing-api';

/** By this label and annotation every adapter replica tells, in a Lease of its own, what it routes by. */
export const adapterLeaseSelector = 'jetmesh.dev/component=http-source-adapter';
const routedGenerationsAnnotation = 'jetmesh.dev/routed-generations';

export interface AdapterFinding {
  readonly liveCount: number;
  /** Of them, those that route by the HTTPSource's current generation. */
  readonly routingCount: number;
}

export function adapterFinding(
  source: HttpSource,
  leases: readonly Lease[],
  now: Date,
): AdapterFinding {
  const live = leases.filter((lease) => isLive(lease, now));
  const key = objectKey(source.metadata);
  const generation = source.metadata.generation ?? 0;
  const routing = live.filter((lease) => (routedGenerations(lease)[key] ?? -1) >= generation);
  return { liveCount: live.length, routingCount: routing.length };
}

export function isLive({ spec }: Lease, now: Date): boolean {
  const { renewTime, leaseDurationSeconds = 0 } = spec ?? {};
  if (renewTime === undefined) return false;
  return Date.parse(renewTime) + leaseDurationSeconds * 1000 > now.getTime();
}

/** Generation by key of the HTTPSource; a replica that writes something else confirms nothing. */
function routedGenerations({ metadata }: Lease): Readonly<Record<string, number>> {
  try {
    const text = metadata.annotations?.[routedGenerationsAnnotation] ?? '{}';
    return (JSON.parse(text) ?? {}) as Record<string, number>;
  } catch {
    return {};
  }
}
