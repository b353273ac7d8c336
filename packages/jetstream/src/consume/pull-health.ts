const silentHeartbeats = 2.5;
const probeHeartbeatMs = 500;
const shortestBackoffMs = 250;
const longestBackoffMs = 5_000;
const refusalsUntilMissing = 3;

/**
 * Whether the server answers a pull.
 *
 *   unproven → proven      it was heard; until then it must be heard soon: nats-server 2.9 says nothing at all about
 *                          a consumer that does not exist
 *   any → backing off      it refused or was silent; each time longer, then unproven again
 *
 * A consumer counts as missing when the server says that it is gone, or when nobody answered three times: a server
 * that has just started, or a new leader, needs a moment before it serves its consumers.
 */
export class PullHealth {
  readonly #idleHeartbeatMs: number;
  readonly #random: () => number;
  readonly #onMissing: () => void;
  #heardAt = 0;
  #refusals = 0;
  #backoffUntil: number | undefined;
  #isProven = false;
  #isMissing = false;

  constructor(options: {
    readonly idleHeartbeatMs: number;
    readonly random: () => number;
    readonly onMissing: () => void;
  }) {
    this.#idleHeartbeatMs = options.idleHeartbeatMs;
    this.#random = options.random;
    this.#onMissing = options.onMissing;
  }

  get isBackingOff(): boolean {
    return this.#backoffUntil !== undefined;
  }

  /** How often the server must be heard while requests wait there. */
  get heartbeatMs(): number {
    return this.#isProven
      ? this.#idleHeartbeatMs
      : Math.min(probeHeartbeatMs, this.#idleHeartbeatMs);
  }

  /** The connection is another one: what was refused before means nothing. */
  restart(): void {
    this.#refusals = 0;
    this.#backoffUntil = undefined;
    this.#isProven = false;
  }

  heard(now: number): void {
    this.#heardAt = now;
  }

  /** The consumer is there. */
  recovered(): void {
    this.#isProven = true;
    this.#refusals = 0;
    this.#isMissing = false;
  }

  /** Of several requests that are refused together, the first one counts. */
  refused(now: number): void {
    if (this.#backoffUntil !== undefined) return;
    const backoffMs = Math.min(longestBackoffMs, shortestBackoffMs * 2 ** this.#refusals);
    this.#refusals++;
    this.#isProven = false;
    this.#backoffUntil = now + backoffMs * (0.75 + 0.5 * this.#random());
  }

  unanswered(now: number): void {
    this.refused(now);
    if (this.#refusals >= refusalsUntilMissing) this.#missing();
  }

  gone(now: number): void {
    this.refused(now);
    this.#missing();
  }

  /** Ends a back-off whose time has come. */
  tick(now: number): void {
    if (this.#backoffUntil === undefined || now < this.#backoffUntil) return;
    this.#backoffUntil = undefined;
    this.#heardAt = now;
  }

  isSilent(now: number): boolean {
    return now - this.#heardAt > silentHeartbeats * this.heartbeatMs;
  }

  #missing(): void {
    if (this.#isMissing) return;
    this.#isMissing = true;
    this.#onMissing();
  }
}
