import type { ReplicaAnnouncement } from './replica-registry.ts';

/** What is stored under a replica's id. `beat` grows: by it an observer tells a new heartbeat from the one it knows. */
export interface HeartbeatValue extends ReplicaAnnouncement {
  readonly beat: number;
}

export function encodeHeartbeat(value: HeartbeatValue): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

/** Undefined for what somebody else put there. */
export function decodeHeartbeat(bytes: Uint8Array): HeartbeatValue | undefined {
  try {
    const value = JSON.parse(Buffer.from(bytes).toString()) as Partial<HeartbeatValue> | null;
    if (value === null || typeof value.beat !== 'number') return undefined;
    return { beat: value.beat, seenTriggers: value.seenTriggers ?? '' };
  } catch {
    return undefined;
  }
}
