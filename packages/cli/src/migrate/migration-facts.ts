import { leaseKind, adapterLease, type Lease, type SwitchFacts } from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';
import { readSwitchFacts } from '../switch/read-switch-facts.ts';

/** All that a migration's plan is made of. */
export interface MigrationFacts extends SwitchFacts {
  /** Of the adapter's replicas. */
  readonly leases: readonly Lease[];
  readonly now: Date;
}

export async function readMigrationFacts(
  client: KubeClient,
  busBroker: string,
): Promise<MigrationFacts> {
  const facts = await readSwitchFacts(client, busBroker);
  const selector = { labelSelector: adapterLease.selector };
  const { items: leases } = await client.list<Lease>(leaseKind, selector);
  return { ...facts, leases, now: new Date() };
}
