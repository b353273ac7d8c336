import type { HttpSource } from '../http-source/http-source.ts';
import type { Lease } from '../kubernetes/core-kinds.ts';
import { objectKey } from '../kubernetes/object-key.ts';

/** By this label and annotation every adapter replica tells, in a Lease of its own, what it routes by. */
export const adapterLease = {
  label: 'jetmesh.dev/component',
  component: 'http-source-adapter',
  selector: 'jetmesh.dev/component=http-source-adapter',
  /** JSON: generation by key of the HTTPSource. */
  routedGenerations: 'jetmesh.dev/routed-generations',
} as const;

/** What the Leases of the adapter say about one HTTPSource. */
export interface AdapterFinding {
  readonly liveCount: number;
  /** Of them, those that route by the HTTPSource's current generation. */
  readonly routingCount: number;
  /** Live ones that do not, each with the reason when it is not just behind. */
  readonly behind: readonly string[];
}

export function adapterFinding(
  source: HttpSource,
  leases: readonly Lease[],
  now: Date,
): AdapterFinding {
  const live = leases.filter((lease) => isLive(lease, now));
  const key = objectKey(source.metadata);
  const generation = source.metadata.generation ?? 0;
  const behind = live.flatMap((lease) => {
    const routed = routedGenerations(lease);
    const { name } = lease.metadata;
    if (routed === undefined)
      return [`${name} (its ${adapterLease.routedGenerations} is no JSON object)`];
    const confirmed = routed[key];
    return typeof confirmed === 'number' && confirmed >= generation ? [] : [name];
  });
  return { liveCount: live.length, routingCount: live.length - behind.length, behind };
}

/** Whether the replica of this Lease is there; one that dies without a word counts until its Lease runs out. */
export function isLive({ spec }: Lease, now: Date): boolean {
  const { renewTime, leaseDurationSeconds = 0 } = spec ?? {};
  if (renewTime === undefined) return false;
  return Date.parse(renewTime) + leaseDurationSeconds * 1000 > now.getTime();
}

/** Undefined: it says something else. Such a replica confirms nothing. */
function routedGenerations({ metadata }: Lease): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(
      metadata.annotations?.[adapterLease.routedGenerations] ?? '{}',
    );
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    return isObject ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
