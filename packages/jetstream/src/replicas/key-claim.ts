import type { KeyValueBucket } from '../key-value/key-value-bucket.ts';
import { JetStreamAdminError } from '../admin/jetstream-admin-error.ts';
import type { Claim } from './replica-registry.ts';

/** What a claim needs to know of its replica and of the others. */
export interface ClaimContext {
  readonly id: string;
  readonly isLive: () => boolean;
  /** Grows whenever this replica has been taken for dead, possibly. */
  readonly lapseCount: () => number;
  /** Whether it is known to be dead; one not heard of is watched from now on. */
  readonly isDead: (id: string) => boolean;
  /** Whether what is stored now says so too. */
  readonly isStillDead: (id: string) => Promise<boolean>;
  readonly rank: (key: string) => number;
  readonly claims: () => Promise<KeyValueBucket>;
  /** A request failed: the bucket may be gone. */
  readonly onFailure: () => void;
  readonly onGone: (key: string) => void;
}

interface Claimant {
  readonly onHeld: (isHeld: boolean) => void;
}

/** Between two replicas that want the same key: whoever is later finds it taken. */
const rankMs = 25;
const soonMs = 100;
/** Nothing tells of a change that a lost connection hid. */
const backstopMs = 30_000;
const eagerCount = 3;

/**
 * One key that this replica wants.
 *
 *   waiting → held     the key was free, ours, or of a dead replica, and our compare-and-set won
 *   held → waiting     this replica lapsed, or somebody overwrote the key
 *   any → gone         the last claimant released it: the key is deleted, if it is ours
 *
 * Only the first claimant is told that it is held; the next one takes over within this replica.
 */
export class KeyClaim {
  readonly #key: string;
  readonly #context: ClaimContext;
  readonly #claimants: Claimant[] = [];
  #isHeld = false;
  #trying: Promise<void> | undefined;
  #mustTryAgain = false;
  #eagerCount = eagerCount;
  #timer: NodeJS.Timeout | undefined;

  constructor(key: string, context: ClaimContext) {
    this.#key = key;
    this.#context = context;
  }

  add(onHeld: (isHeld: boolean) => void): Claim {
    const claimant = { onHeld };
    this.#claimants.push(claimant);
    if (this.#claimants.length === 1) this.#lookIn(this.#context.rank(this.#key) * rankMs);
    return { release: () => this.#release(claimant) };
  }

  /** The key has changed, or its holder has died. */
  wake(): void {
    this.#eagerCount = eagerCount;
    if (this.#isHeld) void this.#verify();
    else this.#lookIn(this.#context.rank(this.#key) * rankMs);
  }

  lapse(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#claimants[0]?.onHeld(false);
  }

  /** Everything is released, and nobody is told any more. */
  async close(): Promise<void> {
    this.#claimants.length = 0;
    this.#isHeld = false;
    await this.#attempt();
    clearTimeout(this.#timer);
  }

  async #release(claimant: Claimant): Promise<void> {
    const index = this.#claimants.indexOf(claimant);
    if (index < 0) return;
    this.#claimants.splice(index, 1);
    const next = this.#claimants[0];
    if (next === undefined) {
      this.#isHeld = false;
      await this.#attempt();
    } else if (index === 0 && this.#isHeld) {
      next.onHeld(true);
    }
  }

  #lookIn(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#attempt(), delayMs).unref();
  }

  #attempt(): Promise<void> {
    this.#mustTryAgain = true;
    this.#trying ??= this.#try();
    return this.#trying;
  }

  async #try(): Promise<void> {
    try {
      while (this.#mustTryAgain) {
        this.#mustTryAgain = false;
        await this.#step();
      }
    } catch (error) {
      if (!(error instanceof JetStreamAdminError)) throw error;
      this.#context.onFailure();
      this.#lookIn(5 * soonMs);
    } finally {
      // In the turn that found nothing more to do: a wish that comes later begins anew.
      this.#trying = undefined;
    }
  }

  async #step(): Promise<void> {
    if (this.#claimants.length === 0) return this.#giveUp();
    if (this.#isHeld || !this.#context.isLive()) return;
    const lapsesBefore = this.#context.lapseCount();
    const claims = await this.#context.claims();
    const entry = await claims.get(this.#key);
    // The heartbeat is read after the claim: should the holder come back now, it writes its claim anew, and we lose.
    if (entry !== undefined && (await this.#isHeldByAnother(textOf(entry.value)))) {
      this.#eagerCount -= 1;
      this.#lookIn(this.#eagerCount > 0 ? soonMs : backstopMs);
      return;
    }
    const own = Buffer.from(this.#context.id);
    const written = await claims.put(this.#key, own, entry?.revision ?? 'absent');
    if (written.kind === 'conflict') {
      this.#lookIn(soonMs);
      return;
    }
    const isStillOurs = this.#context.isLive() && this.#context.lapseCount() === lapsesBefore;
    if (isStillOurs) this.#hold();
    else this.#mustTryAgain = this.#context.isLive();
  }

  /** A claim of our own is taken again: whoever took us for dead compares with its old revision. */
  async #isHeldByAnother(holder: string): Promise<boolean> {
    const { id, isDead, isStillDead } = this.#context;
    if (holder === id) return false;
    return !isDead(holder) || !(await isStillDead(holder));
  }

  #hold(): void {
    const [first] = this.#claimants;
    if (first === undefined) {
      this.#mustTryAgain = true;
      return;
    }
    this.#isHeld = true;
    first.onHeld(true);
  }

  async #verify(): Promise<void> {
    try {
      const claims = await this.#context.claims();
      const entry = await claims.get(this.#key);
      if (entry !== undefined && textOf(entry.value) === this.#context.id) return;
    } catch (error) {
      if (!(error instanceof JetStreamAdminError)) throw error;
      return;
    }
    this.lapse();
    this.#lookIn(soonMs);
  }

  async #giveUp(): Promise<void> {
    const claims = await this.#context.claims();
    const entry = await claims.get(this.#key);
    if (entry !== undefined && textOf(entry.value) === this.#context.id) {
      await claims.delete(this.#key, entry.revision);
    }
    if (this.#claimants.length > 0) {
      this.#mustTryAgain = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#context.onGone(this.#key);
  }
}

function textOf(value: Uint8Array): string {
  return Buffer.from(value).toString();
}
