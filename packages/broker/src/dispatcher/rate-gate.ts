import type { RateLimit } from '@jetmesh/eventing-api';

/** Timers are late by some milliseconds: so much of the rate may be made up for. */
const toleranceMs = 20;

/** Spreads starts evenly: one each `perMs / count`, and none saved up for later. */
export class RateGate {
  readonly #intervalMs: number;
  readonly #now: () => number;
  #nextAt = -Infinity;

  constructor({ count, perMs }: RateLimit, now: () => number) {
    this.#intervalMs = perMs / count;
    this.#now = now;
  }

  /** 0 when one may start now; else how long until then. */
  waitMs(): number {
    const earliest = this.#nextAt - Math.min(toleranceMs, this.#intervalMs * this.#burst);
    return Math.max(0, earliest - this.#now());
  }

  started(): void {
    this.#nextAt = Math.max(this.#nextAt, this.#now()) + this.#intervalMs;
  }

  /** Slow rates have no tolerance at all. */
  get #burst(): number {
    return Math.floor(toleranceMs / this.#intervalMs);
  }
}
