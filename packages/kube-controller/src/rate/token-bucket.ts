export interface TokenBucketSettings {
  /** So many at once. */
  readonly burstCount: number;
  readonly perSecond: number;
}

/** A bucket of `burstCount` tokens that refills by `perSecond`; what is reserved beyond that is a debt that time repays. */
export class TokenBucket {
  readonly #settings: TokenBucketSettings;
  #tokenCount: number;
  #countedAtMs: number;

  constructor(settings: TokenBucketSettings, nowMs: number) {
    this.#settings = settings;
    this.#tokenCount = settings.burstCount;
    this.#countedAtMs = nowMs;
  }

  /** Takes a token if there is one. */
  take(nowMs: number): boolean {
    this.#refill(nowMs);
    if (this.#tokenCount < 1) return false;
    this.#tokenCount -= 1;
    return true;
  }

  /** Takes a token now or from the future; returns how long to wait for it. */
  reserve(nowMs: number): number {
    this.#refill(nowMs);
    this.#tokenCount -= 1;
    return Math.max(0, (-this.#tokenCount / this.#settings.perSecond) * 1000);
  }

  #refill(nowMs: number): void {
    const { burstCount, perSecond } = this.#settings;
    const gained = ((nowMs - this.#countedAtMs) / 1000) * perSecond;
    this.#tokenCount = Math.min(burstCount, this.#tokenCount + gained);
    this.#countedAtMs = nowMs;
  }
}
