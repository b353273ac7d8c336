import { leaseKind, type Lease } from '@jetmesh/eventing-api';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlreadyExists, isConflict } from '../client/kube-api-error.ts';
import type { KubeClient } from '../client/kube-client.ts';
import type { Logger } from '../logger.ts';
import { leaseClaim, leaseRelease } from './lease-claim.ts';

export interface LeaderElectorOptions {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly name: string;
  /** Of this process, and of no other. */
  readonly identity: string;
  readonly logger: Logger;
  readonly leaseDurationMs?: number;
  readonly renewDeadlineMs?: number;
  readonly retryPeriodMs?: number;
  /** `signal` is aborted when the leadership ends. */
  onStartedLeading(signal: AbortSignal): void;
  onStoppedLeading(): void;
}

/**
 * One leader among processes, by a Lease (client-go's rules).
 *
 * following: looks every `retryPeriodMs`; takes the Lease when nobody holds it, or when it has not *changed* for its
 * duration by this process's own clock: clocks of machines differ. → leading: renews every `retryPeriodMs`; when no
 * renewal succeeds for `renewDeadlineMs`, less than the duration, it stops leading before another may start. → following.
 */
export class LeaderElector {
  readonly #options: Required<LeaderElectorOptions>;
  #leading: AbortController | undefined;
  #observed: { renewTime: string | undefined; sinceMs: number } | undefined;
  #renewedAtMs = 0;

  constructor(options: LeaderElectorOptions) {
    const defaults = { leaseDurationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 };
    this.#options = { ...defaults, ...options };
  }

  get isLeader(): boolean {
    return this.#leading !== undefined;
  }

  start(signal: AbortSignal): void {
    void this.#run(signal);
  }

  /** Gives the leadership up, if there is one, so that another process takes it at its next look. */
  async release(): Promise<void> {
    if (this.#leading === undefined) return;
    this.#stopLeading();
    const { client, namespace, name, identity, logger } = this.#options;
    try {
      const lease = await client.get<Lease>(leaseKind, `${namespace}/${name}`);
      if (lease?.spec?.holderIdentity !== identity) return;
      await client.replace(leaseKind, leaseRelease(lease, new Date()));
    } catch (err) {
      logger.warn('Lease not released; it will expire', { lease: name, err });
    }
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { retryPeriodMs, renewDeadlineMs, logger, name } = this.#options;
    while (!signal.aborted) {
      try {
        if (await this.#claim()) this.#startLeading();
        else this.#stopLeading();
      } catch (err) {
        logger.warn('Lease not claimed', { lease: name, err });
      }
      if (performance.now() - this.#renewedAtMs > renewDeadlineMs) this.#stopLeading();
      await delay(retryPeriodMs * (0.9 + 0.2 * Math.random()), undefined, { signal }).catch(
        () => undefined,
      );
    }
  }

  /** Takes or renews the Lease if this process may; whether it holds it now. */
  async #claim(): Promise<boolean> {
    const { client, namespace, name } = this.#options;
    const askedAtMs = performance.now();
    const current = await client.get<Lease>(leaseKind, `${namespace}/${name}`);
    if (!this.#mayClaim(current)) return false;
    const claim = leaseClaim(current, this.#options, new Date());
    try {
      if (current === undefined) await client.create(leaseKind, claim);
      else await client.replace(leaseKind, claim);
    } catch (error) {
      if (isConflict(error) || isAlreadyExists(error)) return false;
      throw error;
    }
    this.#renewedAtMs = askedAtMs;
    return true;
  }

  #mayClaim(lease: Lease | undefined): boolean {
    const { holderIdentity, renewTime, leaseDurationSeconds } = lease?.spec ?? {};
    if (this.#observed?.renewTime !== renewTime || this.#observed === undefined) {
      this.#observed = { renewTime, sinceMs: performance.now() };
    }
    const isFree = holderIdentity === undefined || holderIdentity === '';
    if (isFree || holderIdentity === this.#options.identity) return true;
    const durationMs = (leaseDurationSeconds ?? 0) * 1000 || this.#options.leaseDurationMs;
    return performance.now() - this.#observed.sinceMs > durationMs;
  }

  #startLeading(): void {
    if (this.#leading !== undefined) return;
    this.#leading = new AbortController();
    this.#options.logger.info('Started leading', { lease: this.#options.name });
    this.#options.onStartedLeading(this.#leading.signal);
  }

  #stopLeading(): void {
    if (this.#leading === undefined) return;
    this.#leading.abort();
    this.#leading = undefined;
    this.#options.logger.info('Stopped leading', { lease: this.#options.name });
    this.#options.onStoppedLeading();
  }
}
