import {
  adapterFinding,
  adapterLease,
  leaseKind,
  type HttpSource,
  type Lease,
} from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';

/** Which live adapter replicas do not yet route by this generation of an HTTPSource; that none is live is an obstacle too. */
export async function replicasBehind(client: KubeClient, source: HttpSource): Promise<string[]> {
  const { items } = await client.list<Lease>(leaseKind, { labelSelector: adapterLease.selector });
  const { liveCount, behind } = adapterFinding(source, items, new Date());
  return liveCount === 0 ? ['no adapter replica is live'] : [...behind];
}
