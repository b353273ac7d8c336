const heartbeatsPerRequest = 6;

/**
 * The body of a request for the next messages. It ends by itself after about six heartbeats, spread so that thousands
 * of idle pulls do not ask again in one moment.
 */
export function pullRequest(
  ask: { readonly batch: number; readonly maxBytes: number },
  idleHeartbeatMs: number,
  random: number,
): Buffer {
  const expiresMs = heartbeatsPerRequest * idleHeartbeatMs * (0.8 + 0.4 * random);
  const request = {
    batch: ask.batch,
    max_bytes: ask.maxBytes,
    expires: Math.round(expiresMs * 1e6),
    idle_heartbeat: idleHeartbeatMs * 1e6,
  };
  return Buffer.from(JSON.stringify(request));
}
