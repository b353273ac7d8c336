import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import type { KeyValueBucket } from '../key-value/key-value-bucket.ts';
import { openKeyValueBucket } from '../key-value/open-key-value-bucket.ts';

const heartbeatBucket = 'JETMESH_REPLICAS';
const claimBucket = 'JETMESH_CLAIMS';

/** Everything below these subjects is a heartbeat, or a claim. A publish is seen before it is stored, or refused. */
export const heartbeatSubjects = `$KV.${heartbeatBucket}.`;
export const claimSubjects = `$KV.${claimBucket}.`;

export interface ReplicaBuckets {
  /** Replica id → heartbeat. */
  readonly heartbeats: KeyValueBucket;
  /** Claimed key → id of the replica that holds it. */
  readonly claims: KeyValueBucket;
}

export async function openReplicaBuckets(connection: JetStreamConnection): Promise<ReplicaBuckets> {
  const [heartbeats, claims] = await Promise.all([
    openKeyValueBucket(connection, heartbeatBucket),
    openKeyValueBucket(connection, claimBucket),
  ]);
  return { heartbeats, claims };
}
