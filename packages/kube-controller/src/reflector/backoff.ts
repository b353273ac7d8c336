export interface BackoffSettings {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Delays that double from `firstMs` to `lastMs`, each with jitter of a half up or down, until `reset`. */
export class Backoff {
  readonly #settings: BackoffSettings;
  readonly #random: () => number;
  #failureCount = 0;

  constructor(settings: BackoffSettings, random: () => number = Math.random) {
    this.#settings = settings;
    this.#random = random;
  }

  next(): number {
    const { firstMs, lastMs } = this.#settings;
    const delayMs = Math.min(lastMs, firstMs * 2 ** Math.min(this.#failureCount, 30));
    this.#failureCount += 1;
    return delayMs * (0.5 + this.#random());
  }

  reset(): void {
    this.#failureCount = 0;
  }
}
