/** What a replica tells the others with its heartbeat. */
export interface ReplicaAnnouncement {
  /** The resource version up to which it knows all Triggers. */
  readonly seenTriggers: string;
}

/** The dispatchers of one NATS know each other by it: no leader, no Kubernetes write. Opened once per process. */
export interface ReplicaRegistry {
  readonly id: string;
  /** Less than the term minus a margin has passed since the last confirmed heartbeat was sent. */
  readonly isLive: boolean;
  /** Calls back whenever `isLive` changes; the returned function ends that. */
  onLiveChange(listener: (isLive: boolean) => void): () => void;
  /** Told to the others with the next heartbeat, soon. */
  announce(value: ReplicaAnnouncement): void;
  /**
   * Wants `key` for this replica alone. `onHeld(true)` once no other one holds it; `onHeld(false)` when this replica
   * may no longer count on it, before another can get it. A second claim of a key waits for the first one's release.
   */
  claim(key: string, onHeld: (isHeld: boolean) => void): Claim;
  /** Releases every claim and leaves. */
  close(): Promise<void>;
}

export interface Claim {
  /** Whatever it protects has ended: another may have it at once. `onHeld` is not called any more. */
  release(): Promise<void>;
}

/** For who is no replica itself: those that live, by local observation. One never seen to be dead counts as live. */
export interface ReplicaView {
  list(): Promise<readonly LiveReplica[]>;
}

export interface LiveReplica extends ReplicaAnnouncement {
  readonly id: string;
}

export interface ReplicaOptions {
  /** Unique for each start of a process. */
  readonly id?: string;
  /** A replica whose heartbeat somebody has seen unchanged for so long is dead to them. */
  readonly termMs?: number;
  readonly now?: () => number;
}
