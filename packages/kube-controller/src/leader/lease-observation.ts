import type { Lease } from '@jetmesh/eventing-api';

/**
 * What one candidate has seen of a Lease. Only changes count, timed by the candidate's own clock: the times inside a Lease
 * are of other clocks.
 */
export class LeaseObservation {
  readonly #settings: { readonly identity: string; readonly leaseDurationMs: number };
  #seen: string | undefined;
  #changedAtMs = 0;

  constructor(settings: { identity: string; leaseDurationMs: number }) {
    this.#settings = settings;
  }

  /** Whether the Lease is absent, free, this candidate's, or unchanged for longer than its duration. */
  mayClaim(lease: Lease | undefined, nowMs: number): boolean {
    const { holderIdentity = '', renewTime = '', leaseDurationSeconds = 0 } = lease?.spec ?? {};
    const seen = JSON.stringify([holderIdentity, renewTime]);
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#changedAtMs = nowMs;
    }
    if (holderIdentity === '' || holderIdentity === this.#settings.identity) return true;
    const durationMs = leaseDurationSeconds * 1000 || this.#settings.leaseDurationMs;
    return nowMs - this.#changedAtMs > durationMs;
  }
}
