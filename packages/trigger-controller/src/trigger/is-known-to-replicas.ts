import type { Trigger } from '@jetmesh/eventing-api';
import type { LiveReplica } from '@jetmesh/jetstream';

/** Whether every dispatcher, and at least one, knows all Triggers up to this state of the Trigger. */
export function isKnownToReplicas(
  { metadata }: Trigger,
  replicas: readonly Pick<LiveReplica, 'seenTriggers'>[],
): boolean {
  const wanted = versionNumber(metadata.resourceVersion);
  if (wanted === undefined || replicas.length === 0) return false;
  return replicas.every(({ seenTriggers }) => (versionNumber(seenTriggers) ?? -1n) >= wanted);
}

/** Of one kind, a higher resourceVersion is a later state (as client-go's watch cache relies on, too). */
function versionNumber(resourceVersion: string | undefined): bigint | undefined {
  return resourceVersion !== undefined && /^\d+$/.test(resourceVersion)
    ? BigInt(resourceVersion)
    : undefined;
}
