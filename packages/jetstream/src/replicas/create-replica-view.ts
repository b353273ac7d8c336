import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import { decodeHeartbeat } from './heartbeat-value.ts';
import { defaultTermMs } from './open-replica-registry.ts';
import { openReplicaBuckets } from './replica-buckets.ts';
import { ReplicaObservation } from './replica-observation.ts';
import type { ReplicaOptions, ReplicaView } from './replica-registry.ts';

/** It observes while it is asked: one that died stays listed until two questions a term apart find it unchanged. */
export function createReplicaView(
  connection: JetStreamConnection,
  options: Pick<ReplicaOptions, 'termMs' | 'now'> = {},
): ReplicaView {
  const { termMs = defaultTermMs, now = () => performance.now() } = options;
  const observation = new ReplicaObservation(termMs);
  return {
    async list() {
      const { heartbeats } = await openReplicaBuckets(connection);
      const at = now();
      return (await heartbeats.load()).flatMap(({ key: id, value }) => {
        const heartbeat = decodeHeartbeat(value);
        if (heartbeat === undefined) return [];
        observation.observe(id, heartbeat.beat, at);
        if (observation.confirm(id, heartbeat.beat, at) || observation.isDead(id)) return [];
        return [{ id, seenTriggers: heartbeat.seenTriggers }];
      });
    },
  };
}
