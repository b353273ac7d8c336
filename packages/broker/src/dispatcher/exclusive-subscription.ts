import type { Claim, ReplicaRegistry } from '@jetmesh/jetstream';
import type { FencedRequests } from './fenced-requests.ts';
import type { RunningSubscription } from './subscription-set.ts';
import type { UnsettledBacklog } from './take-over.ts';

export interface ExclusiveSubscriptionOptions {
  readonly key: string;
  readonly registry: Pick<ReplicaRegistry, 'claim'>;
  readonly requests: Pick<FencedRequests, 'abortAll'>;
  /** What is to be known before this dispatcher delivers; never rejects. */
  readonly readBacklog: (signal: AbortSignal) => Promise<UnsettledBacklog | undefined>;
  /** What delivers while the claim is held. */
  readonly create: (backlog: UnsettledBacklog | undefined) => RunningSubscription;
}

/**
 * A subscription of which only one dispatcher runs at a time.
 *
 *   idle --start--> waiting ⇄ holding --stop--> stopped
 *
 * waiting: somebody else delivers, or nobody yet.
 * holding: a subscription of its own runs. When the claim is lost, its requests are aborted and its messages given back.
 * stopped: the claim is released, but only when nothing is open any more: the next holder starts at once.
 */
export class ExclusiveSubscription implements RunningSubscription {
  readonly #options: ExclusiveSubscriptionOptions;
  #claim: Claim | undefined;
  #running: RunningSubscription | undefined;
  #parkUpTo = 0;
  #beginning = new AbortController();
  #isStopped = false;

  constructor(options: ExclusiveSubscriptionOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isStopped) return;
    const { registry, key } = this.#options;
    this.#claim = registry.claim(key, (isHeld) => {
      if (isHeld) void this.#begin();
      else this.#lose();
    });
  }

  parkUpTo(sequence: number): void {
    this.#parkUpTo = sequence;
    this.#running?.parkUpTo(sequence);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#beginning.abort();
    await this.#running?.stop();
    await this.#claim?.release();
  }

  abandon(): void {
    this.#options.requests.abortAll();
    this.#running?.abandon();
  }

  async #begin(): Promise<void> {
    const beginning = new AbortController();
    this.#beginning = beginning;
    const backlog = await this.#options.readBacklog(beginning.signal);
    if (beginning.signal.aborted || this.#isStopped) return;
    const running = this.#options.create(backlog);
    this.#running = running;
    running.parkUpTo(this.#parkUpTo);
    running.start();
  }

  #lose(): void {
    this.#beginning.abort();
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined) return;
    const stopped = running.stop();
    this.#options.requests.abortAll();
    running.abandon();
    void stopped;
  }
}
