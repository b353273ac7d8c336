export interface HeartbeatOptions {
  /** Stores heartbeat number `beat`; rejects when that is not confirmed. */
  readonly store: (beat: number) => Promise<void>;
  readonly intervalMs: number;
  /** How long a confirmed heartbeat counts, from when it was sent. */
  readonly fenceMs: number;
  readonly now: () => number;
}

const soonMs = 50;

/**
 * This replica's own heartbeat. It is live while the last confirmed one was sent less than the fence ago: shorter than
 * any observer waits before it takes this replica for dead. A heartbeat without answer holds up no later one.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #listeners = new Set<(isLive: boolean) => void>();
  #sentAt = -Infinity;
  #beat = 0;
  #wasLive = false;
  #interval: NodeJS.Timeout | undefined;
  #fence: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  get isLive(): boolean {
    return this.#options.now() - this.#sentAt < this.#options.fenceMs;
  }

  onLiveChange(listener: (isLive: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves after the first heartbeat, confirmed or not. */
  start(): Promise<void> {
    this.#interval = setInterval(() => void this.beat(), this.#options.intervalMs).unref();
    return this.beat();
  }

  /** For a changed value: once for several changes. */
  beatSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.beat();
    }, soonMs).unref();
  }

  async beat(): Promise<void> {
    const sentAt = this.#options.now();
    this.#beat += 1;
    try {
      await this.#options.store(this.#beat);
    } catch {
      // The next one may be confirmed; without any, the fence ends the life of this replica.
      return;
    }
    if (this.#interval !== undefined) this.#confirmed(sentAt);
  }

  /** No longer live from now on. */
  stop(): void {
    for (const timer of [this.#interval, this.#fence, this.#soon]) clearTimeout(timer);
    this.#interval = undefined;
    this.#sentAt = -Infinity;
    this.#tell();
  }

  #confirmed(sentAt: number): void {
    // A pause of the whole process may have run past the fence without its timer: that must be told too.
    this.#tell();
    this.#sentAt = Math.max(this.#sentAt, sentAt);
    this.#watchFence();
  }

  /** A timer may fire a moment early: as long as this replica is live, there is one. */
  #watchFence(): void {
    clearTimeout(this.#fence);
    this.#tell();
    if (!this.isLive) return;
    const leftMs = this.#sentAt + this.#options.fenceMs - this.#options.now();
    this.#fence = setTimeout(() => this.#watchFence(), Math.max(1, Math.ceil(leftMs))).unref();
  }

  #tell(): void {
    const { isLive } = this;
    if (isLive === this.#wasLive) return;
    this.#wasLive = isLive;
    for (const listener of [...this.#listeners]) listener(isLive);
  }
}
