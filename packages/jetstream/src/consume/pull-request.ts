const heartbeatsPerRequest = 6;

export interface PullAsk {
  readonly batch: number;
  readonly maxBytes: number;
}

/** A request ends by itself, spread so that thousands of idle pulls do not ask again in one moment. */
export function requestExpiresMs(heartbeatMs: number, random: number): number {
  return heartbeatsPerRequest * heartbeatMs * (0.8 + 0.4 * random);
}

/** The body of a request for the next messages. */
export function pullRequest(ask: PullAsk, heartbeatMs: number, expiresMs: number): Buffer {
  const request = {
    batch: ask.batch,
    max_bytes: ask.maxBytes,
    expires: Math.round(expiresMs * 1e6),
    idle_heartbeat: heartbeatMs * 1e6,
  };
  return Buffer.from(JSON.stringify(request));
}
