import type { StreamSummary } from '@jetmesh/jetstream';
import type { ClusterView } from '../cluster/cluster-view.ts';

/**
 * The UID of the Namespace kube-system, which names a cluster for good. By it two clusters on one NATS account know
 * their streams apart. Undefined where there is no such Namespace: then no stream counts as this cluster's.
 */
export function clusterId(cluster: ClusterView): string | undefined {
  return cluster.namespaces.store.get('kube-system')?.metadata.uid;
}

/** Marks a stream's configuration as this cluster's. */
export function ownedBy<T extends { readonly description: string }>(
  config: T,
  cluster: string | undefined,
): T {
  return { ...config, description: `${config.description}${mark(cluster)}` };
}

export function isOwnedBy(
  { description }: Pick<StreamSummary, 'description'>,
  cluster: string | undefined,
): boolean {
  return cluster !== undefined && description.endsWith(mark(cluster));
}

function mark(cluster: string | undefined): string {
  return cluster === undefined ? '' : `, of the cluster ${cluster}`;
}
