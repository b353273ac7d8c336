import { leaseKind, type Lease } from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';

const routedGenerations = 'jetmesh.dev/routed-generations';
const adapterLeases = 'jetmesh.dev/component=http-source-adapter';

/** Names of the live adapter replicas that do not yet route by this generation of an HTTPSource; 'none' when no replica is live. */
export async function replicasBehind(
  client: KubeClient,
  source: string,
  generation: number,
): Promise<string[]> {
  const { items } = await client.list<Lease>(leaseKind, { labelSelector: adapterLeases });
  const live = items.filter(isLive);
  if (live.length === 0) return ['none'];
  return live
    .filter((lease) => (generationsOf(lease)[source] ?? 0) < generation)
    .map((lease) => lease.metadata.name);
}

function isLive(lease: Lease): boolean {
  const { renewTime, leaseDurationSeconds = 0 } = lease.spec ?? {};
  return (
    renewTime !== undefined && Date.parse(renewTime) + leaseDurationSeconds * 1000 > Date.now()
  );
}

function generationsOf(lease: Lease): Record<string, number> {
  const text = lease.metadata.annotations?.[routedGenerations] ?? '{}';
  return JSON.parse(text) as Record<string, number>;
}
