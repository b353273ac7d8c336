import { leaseKind, type Lease } from '@jetmesh/eventing-api';
import { isAlreadyExists, isConflict } from '../client/kube-api-error.ts';
import type { KubeClient } from '../client/kube-client.ts';
import type { Logger } from '../logger.ts';
import { onAbort } from '../on-abort.ts';
import { pause } from '../pause.ts';
import { LeaseObservation } from './lease-observation.ts';
import { leaseClaim, leaseRelease } from './lease-claim.ts';
import { withDeadline } from '../with-deadline.ts';

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

/** `unclear`: somebody wrote between the look and the claim, so only the next look tells who holds the Lease. */
type Claim = 'held' | 'held-by-other' | 'unclear';

/**
 * One leader among processes, by a Lease (client-go's rules).
 *
 * following: looks every `retryPeriodMs`; takes the Lease when nobody holds it, or when it has not *changed* for its
 * duration by this process's own clock: clocks of machines differ. → leading: renews every `retryPeriodMs`; stops
 * leading `renewDeadlineMs` after it sent the last renewal that succeeded, whatever its requests hang on, which is
 * before the duration is over and another may start. → following. → released: once, for good.
 */
export class LeaderElector {
  readonly #options: Required<LeaderElectorOptions>;
  readonly #observation: LeaseObservation;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #leading: AbortController | undefined;
  #expiry: NodeJS.Timeout | undefined;

  constructor(options: LeaderElectorOptions) {
    const defaults = { leaseDurationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 };
    this.#options = { ...defaults, ...options };
    this.#observation = new LeaseObservation(this.#options);
  }

  get isLeader(): boolean {
    return this.#leading !== undefined;
  }

  start(signal: AbortSignal): void {
    onAbort(signal, () => this.#stopping.abort());
    this.#running = this.#run();
  }

  /** Ends the election here, and gives the Lease up if it is this process's: another takes it at its next look. */
  async release(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    if (this.#running === undefined) return;
    const { name, logger } = this.#options;
    try {
      await this.#inTime(this.#giveUp());
    } catch (err) {
      logger.warn('Lease not released; it will expire', { lease: name, err });
    }
  }

  async #run(): Promise<void> {
    const { retryPeriodMs } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#look();
      await pause(retryPeriodMs * (0.9 + 0.2 * Math.random()), signal);
    }
    this.#stopLeading();
  }

  async #look(): Promise<void> {
    const askedAtMs = performance.now();
    let claim: Claim = 'unclear';
    try {
      claim = await this.#inTime(this.#claim());
    } catch (err) {
      this.#options.logger.warn('Lease not claimed', { lease: this.#options.name, err });
    }
    if (this.#stopping.signal.aborted) return;
    if (claim === 'held') this.#leadUntil(askedAtMs + this.#options.renewDeadlineMs);
    if (claim === 'held-by-other') this.#stopLeading();
  }

  /** Takes or renews the Lease if this process may. */
  async #claim(): Promise<Claim> {
    const { client, namespace, name } = this.#options;
    const current = await client.get<Lease>(leaseKind, `${namespace}/${name}`);
    if (!this.#observation.mayClaim(current, performance.now())) return 'held-by-other';
    const claim = leaseClaim(current, this.#options, new Date());
    try {
      if (current === undefined) await client.create(leaseKind, claim);
      else await client.replace(leaseKind, claim);
      return 'held';
    } catch (error) {
      if (isConflict(error) || isAlreadyExists(error)) return 'unclear';
      throw error;
    }
  }

  async #giveUp(): Promise<void> {
    const { client, namespace, name, identity } = this.#options;
    const lease = await client.get<Lease>(leaseKind, `${namespace}/${name}`);
    if (lease?.spec?.holderIdentity !== identity) return;
    await client.replace(leaseKind, leaseRelease(lease, new Date()));
  }

  /** Half the renew deadline for each try, so that one hanging connection does not cost the leadership. */
  #inTime<T>(trying: Promise<T>): Promise<T> {
    return withDeadline(trying, this.#options.renewDeadlineMs / 2);
  }

  /** Leads, at the latest until `expiresAtMs` unless it is called again. */
  #leadUntil(expiresAtMs: number): void {
    clearTimeout(this.#expiry);
    const remainingMs = expiresAtMs - performance.now();
    if (remainingMs <= 0) {
      this.#stopLeading();
      return;
    }
    this.#expiry = setTimeout(() => this.#stopLeading(), remainingMs);
    if (this.#leading !== undefined) return;
    this.#leading = new AbortController();
    this.#options.logger.info('Started leading', { lease: this.#options.name });
    this.#options.onStartedLeading(this.#leading.signal);
  }

  #stopLeading(): void {
    clearTimeout(this.#expiry);
    if (this.#leading === undefined) return;
    this.#leading.abort();
    this.#leading = undefined;
    this.#options.logger.info('Stopped leading', { lease: this.#options.name });
    this.#options.onStoppedLeading();
  }
}
