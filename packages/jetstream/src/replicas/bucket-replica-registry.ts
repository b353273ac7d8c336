import { JetStreamAdminError } from '../admin/jetstream-admin-error.ts';
import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import type { PortSubscription } from '../connection/nats-port.ts';
import { withinDeadline } from '../connection/within-deadline.ts';
import { keyOfToken } from '../key-value/bucket-key.ts';
import { bufferOf } from '../wire/buffer-of.ts';
import type { ClientMessage } from '../wire/client-message.ts';
import { Heartbeat } from './heartbeat.ts';
import { decodeHeartbeat, encodeHeartbeat } from './heartbeat-value.ts';
import { type ClaimContext, KeyClaim } from './key-claim.ts';
import { rendezvousRank } from './rendezvous-rank.ts';
import {
  claimSubjects,
  heartbeatSubjects,
  openReplicaBuckets,
  type ReplicaBuckets,
} from './replica-buckets.ts';
import { ReplicaObservation } from './replica-observation.ts';
import type {
  Claim,
  ReplicaAnnouncement,
  ReplicaOptions,
  ReplicaRegistry,
} from './replica-registry.ts';

const closeDeadlineMs = 2_000;

/**
 * `ReplicaRegistry` over two KV buckets. What is published there wakes this replica up; what counts is what is stored.
 * open → closed; while open, live or not, see `Heartbeat`. Whoever lapses loses all claims at once and wants them anew.
 */
export class BucketReplicaRegistry implements ReplicaRegistry {
  readonly id: string;
  readonly #connection: JetStreamConnection;
  readonly #now: () => number;
  readonly #heartbeat: Heartbeat;
  readonly #observation: ReplicaObservation;
  readonly #claims = new Map<string, KeyClaim>();
  readonly #claimContext: ClaimContext;
  readonly #subscriptions: PortSubscription[] = [];
  readonly #watchIntervalMs: number;
  #announcement: ReplicaAnnouncement = { seenTriggers: '' };
  #buckets: Promise<ReplicaBuckets> | undefined;
  #lapseCount = 0;
  #watch: NodeJS.Timeout | undefined;
  #forgetConnection: () => void = () => undefined;

  constructor(connection: JetStreamConnection, options: Required<ReplicaOptions>) {
    const { id, termMs, now } = options;
    this.id = id;
    this.#connection = connection;
    this.#now = now;
    this.#watchIntervalMs = termMs / 12;
    this.#observation = new ReplicaObservation(termMs);
    this.#heartbeat = new Heartbeat({
      store: (beat) => this.#store(beat),
      intervalMs: termMs / 6,
      fenceMs: (termMs * 2) / 3,
      now,
    });
    this.#heartbeat.onLiveChange((isLive) => this.#onLiveChange(isLive));
    this.#claimContext = {
      id,
      isLive: () => this.isLive,
      lapseCount: () => this.#lapseCount,
      isDead: (other) => {
        this.#observation.expect(other, now());
        return this.#observation.isDead(other);
      },
      isStillDead: (other) => this.#isStillDead(other),
      rank: (key) => rendezvousRank(key, id, this.#observation.live()),
      claims: async () => (await this.#opened()).claims,
      onFailure: () => (this.#buckets = undefined),
      onGone: (key) => void this.#claims.delete(key),
    };
  }

  get isLive(): boolean {
    return this.#heartbeat.isLive;
  }

  async start(): Promise<void> {
    const { port } = this.#connection;
    this.#subscriptions.push(
      port.subscribe(`${heartbeatSubjects}>`, (message) => this.#onHeartbeat(message)),
      port.subscribe(`${claimSubjects}>`, (message) => this.#onClaim(message)),
    );
    this.#forgetConnection = this.#connection.onConnectionChange((isConnected) => {
      if (!isConnected) return;
      void this.#heartbeat.beat();
      this.#wakeAll();
    });
    this.#watch = setInterval(() => void this.#lookAtSilent(), this.#watchIntervalMs).unref();
    await this.#heartbeat.start();
    void this.#meetOthers();
  }

  onLiveChange(listener: (isLive: boolean) => void): () => void {
    return this.#heartbeat.onLiveChange(listener);
  }

  announce(value: ReplicaAnnouncement): void {
    if (value.seenTriggers === this.#announcement.seenTriggers) return;
    this.#announcement = { seenTriggers: value.seenTriggers };
    this.#heartbeat.beatSoon();
  }

  claim(key: string, onHeld: (isHeld: boolean) => void): Claim {
    let claim = this.#claims.get(key);
    if (claim === undefined) {
      claim = new KeyClaim(key, this.#claimContext);
      this.#claims.set(key, claim);
    }
    return claim.add(onHeld);
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    this.#forgetConnection();
    const claims = [...this.#claims.values()];
    await withinDeadline(Promise.all(claims.map((claim) => claim.close())), closeDeadlineMs);
    this.#heartbeat.stop();
    await withinDeadline(this.#leave(), closeDeadlineMs);
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
  }

  async #leave(): Promise<void> {
    const { heartbeats } = await this.#opened();
    const own = await heartbeats.get(this.id);
    if (own !== undefined) await heartbeats.delete(this.id, own.revision);
  }

  async #store(beat: number): Promise<void> {
    const { heartbeats } = await this.#opened();
    try {
      await heartbeats.put(this.id, encodeHeartbeat({ beat, ...this.#announcement }), 'any');
    } catch (error) {
      // The bucket may be gone, and this replica's own subscription then swallows what it publishes.
      this.#buckets = undefined;
      throw error;
    }
  }

  #opened(): Promise<ReplicaBuckets> {
    this.#buckets ??= openReplicaBuckets(this.#connection).catch((error: unknown) => {
      this.#buckets = undefined;
      throw error;
    });
    return this.#buckets;
  }

  async #meetOthers(): Promise<void> {
    try {
      const { heartbeats, claims } = await this.#opened();
      for (const { key, value } of await heartbeats.load()) this.#observe(key, value);
      // Only for the markers of keys that nobody wants any more.
      await claims.load();
    } catch (error) {
      if (!isFailure(error)) throw error;
    }
  }

  #observe(id: string, value: Uint8Array): void {
    const heartbeat = decodeHeartbeat(value);
    if (id === this.id || heartbeat === undefined) return;
    this.#observation.observe(id, heartbeat.beat, this.#now());
  }

  /** One that left is not told from one that fell silent. */
  #onHeartbeat(message: ClientMessage): void {
    this.#observe(keyIn(message, heartbeatSubjects), payloadOf(message));
  }

  #onClaim(message: ClientMessage): void {
    if (payloadOf(message).toString() === this.id) return;
    this.#claims.get(keyIn(message, claimSubjects))?.wake();
  }

  #onLiveChange(isLive: boolean): void {
    if (isLive) {
      this.#wakeAll();
      return;
    }
    this.#lapseCount += 1;
    for (const claim of this.#claims.values()) claim.lapse();
  }

  #wakeAll(): void {
    for (const claim of [...this.#claims.values()]) claim.wake();
  }

  /** A heartbeat that was not heard of may be stored all the same: only the bucket tells. */
  async #lookAtSilent(): Promise<void> {
    for (const id of this.#observation.silent(this.#now())) {
      try {
        await this.#lookAt(id);
      } catch (error) {
        if (!isFailure(error)) throw error;
        return;
      }
    }
  }

  async #isStillDead(id: string): Promise<boolean> {
    const { heartbeats } = await this.#opened();
    const stored = await heartbeats.get(id);
    if (stored !== undefined) this.#observe(id, stored.value);
    return this.#observation.isDead(id);
  }

  async #lookAt(id: string): Promise<void> {
    const { heartbeats } = await this.#opened();
    const stored = await heartbeats.get(id);
    const beat = stored && decodeHeartbeat(stored.value)?.beat;
    if (!this.#observation.confirm(id, beat, this.#now())) return;
    this.#wakeAll();
    if (stored !== undefined) await heartbeats.delete(id, stored.revision);
  }
}

function keyIn({ _msg }: ClientMessage, prefix: string): string {
  return keyOfToken(bufferOf(_msg.subject).toString('latin1').slice(prefix.length));
}

function payloadOf({ _msg, _rdata }: ClientMessage): Buffer {
  return bufferOf(_msg.hdr > 0 ? _rdata.subarray(_msg.hdr) : _rdata);
}

function isFailure(error: unknown): boolean {
  return error instanceof JetStreamAdminError;
}
