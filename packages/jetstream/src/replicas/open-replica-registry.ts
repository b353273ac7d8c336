import { randomUUID } from 'node:crypto';
import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import { BucketReplicaRegistry } from './bucket-replica-registry.ts';
import type { ReplicaOptions, ReplicaRegistry } from './replica-registry.ts';

export const defaultTermMs = 6_000;

/** Joins the replicas. Resolves after the first heartbeat; one that failed is repeated, `isLive` tells. */
export async function openReplicaRegistry(
  connection: JetStreamConnection,
  options: ReplicaOptions = {},
): Promise<ReplicaRegistry> {
  const registry = new BucketReplicaRegistry(connection, {
    id: options.id ?? randomUUID(),
    termMs: options.termMs ?? defaultTermMs,
    now: options.now ?? (() => performance.now()),
  });
  await registry.start();
  return registry;
}
