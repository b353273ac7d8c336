import { TokenBucket, type TokenBucketSettings } from '../rate/token-bucket.ts';

export interface WorkQueueSettings {
  readonly firstBackoffMs?: number;
  readonly lastBackoffMs?: number;
  /** For the failures of all keys together, so that what is broken for all is not asked for by all at once. */
  readonly failures?: TokenBucketSettings;
  readonly random?: () => number;
}

/** The longest delay of a Node timer; a longer one would be over at once. */
const longestDelayMs = 2 ** 31 - 1;

/**
 * Keys that wait to be reconciled. A key is *waiting*, *in work*, both (it changed meanwhile: it waits again when the
 * work is done), or *delayed* until a time. Those that changed wait before those that are only looked at again, so that a
 * change does not wait for a resync of thousands. Invariants: a key waits at most once, and is never in two hands; so the
 * queue is bounded by the number of objects, with one entry at most for each.
 */
export class WorkQueue {
  readonly #waiting = new Set<string>();
  readonly #waitingBehind = new Set<string>();
  readonly #inWork = new Set<string>();
  readonly #dirty = new Set<string>();
  readonly #delayed = new Map<string, { at: number; timer: NodeJS.Timeout }>();
  readonly #failureCounts = new Map<string, number>();
  readonly #takers: ((key: string | undefined) => void)[] = [];
  readonly #settings: Required<Omit<WorkQueueSettings, 'failures'>>;
  readonly #failures: TokenBucket;
  #isClosed = false;

  constructor(settings: WorkQueueSettings = {}) {
    this.#settings = {
      firstBackoffMs: settings.firstBackoffMs ?? 20,
      lastBackoffMs: settings.lastBackoffMs ?? 60_000,
      random: settings.random ?? Math.random,
    };
    const failures = settings.failures ?? { burstCount: 200, perSecond: 50 };
    this.#failures = new TokenBucket(failures, performance.now());
  }

  get depth(): number {
    return this.#waiting.size + this.#waitingBehind.size + this.#dirty.size;
  }

  add(key: string): void {
    if (this.#isClosed) return;
    this.#waitingBehind.delete(key);
    this.#put(key, this.#waiting);
  }

  /** Adds the key behind all that changed: it is looked at again, in case a change was missed. */
  addBehind(key: string): void {
    if (this.#isClosed || this.#waiting.has(key)) return;
    this.#put(key, this.#waitingBehind);
  }

  /** Adds the key after a delay; of several delays the shortest counts. */
  addAfter(key: string, delayMs: number): void {
    this.#delay(key, delayMs, () => this.add(key));
  }

  addBehindAfter(key: string, delayMs: number): void {
    this.#delay(key, delayMs, () => this.addBehind(key));
  }

  #delay(key: string, delayMs: number, add: () => void): void {
    if (this.#isClosed) return;
    const at = performance.now() + delayMs;
    const planned = this.#delayed.get(key);
    if (planned !== undefined && planned.at <= at) return;
    this.#cancelDelay(key);
    const timer = setTimeout(
      () => {
        this.#delayed.delete(key);
        add();
      },
      Math.min(delayMs, longestDelayMs),
    ).unref();
    this.#delayed.set(key, { at, timer });
  }

  /** Adds the key after a delay that doubles with each failure since `forget`, or longer when very many keys fail. */
  addRateLimited(key: string): void {
    const failureCount = this.#failureCounts.get(key) ?? 0;
    this.#failureCounts.set(key, failureCount + 1);
    const { firstBackoffMs, lastBackoffMs, random } = this.#settings;
    const backoffMs = firstBackoffMs * 2 ** Math.min(failureCount, 30) * (0.75 + 0.5 * random());
    const sharedMs = this.#failures.reserve(performance.now());
    this.addAfter(key, Math.min(lastBackoffMs, Math.max(backoffMs, sharedMs)));
  }

  forget(key: string): void {
    this.#failureCounts.delete(key);
  }

  /** The next key, when there is one; undefined once the queue is closed. Each must be given back by `done`. */
  take(): Promise<string | undefined> {
    if (this.#isClosed) return Promise.resolve(undefined);
    const [behind] = this.#waitingBehind;
    const [key = behind] = this.#waiting;
    return new Promise((resolve) => {
      if (key === undefined) {
        this.#takers.push(resolve);
        return;
      }
      this.#waiting.delete(key);
      this.#waitingBehind.delete(key);
      this.#hand(key, resolve);
    });
  }

  done(key: string): void {
    this.#inWork.delete(key);
    if (this.#dirty.delete(key)) this.add(key);
  }

  /** Forgets everything that waits; work in hand goes on. */
  close(): void {
    this.#isClosed = true;
    for (const { timer } of this.#delayed.values()) clearTimeout(timer);
    for (const taker of this.#takers.splice(0)) taker(undefined);
    const all = [this.#waiting, this.#waitingBehind, this.#dirty, this.#delayed];
    for (const keys of all) keys.clear();
  }

  #put(key: string, place: Set<string>): void {
    this.#cancelDelay(key);
    if (this.#inWork.has(key)) {
      this.#dirty.add(key);
      return;
    }
    const taker = place.has(key) ? undefined : this.#takers.shift();
    if (taker === undefined) place.add(key);
    else this.#hand(key, taker);
  }

  #hand(key: string, taker: (key: string) => void): void {
    this.#inWork.add(key);
    taker(key);
  }

  #cancelDelay(key: string): void {
    const planned = this.#delayed.get(key);
    if (planned === undefined) return;
    clearTimeout(planned.timer);
    this.#delayed.delete(key);
  }
}
