import type { KubeClient } from '../client/kube-client.ts';
import type { Logger } from '../logger.ts';
import { LeaderElector } from './leader-election.ts';

export interface LeadershipOptions {
  readonly client: KubeClient;
  readonly logger: Logger;
  /** Undefined: this is the only replica, and it leads from the start. */
  readonly lease: { readonly namespace: string; readonly name: string } | undefined;
  readonly identity: string;
  /** Starts what only one replica may do; it must end when the signal says so. */
  readonly onLeading: (signal: AbortSignal) => void;
}

/**
 * Leads at most once: waits, leads, and ends. A replica that loses the lead is over, since what it was doing may
 * still be under way; its successor and its own restart take over.
 */
export class Leadership {
  readonly #options: LeadershipOptions;
  readonly #leading = new AbortController();
  readonly #electing = new AbortController();
  #elector: LeaderElector | undefined;
  #isLeading = false;
  #isStopping = false;
  #reportLost: (error: Error) => void = () => undefined;
  /** Settles when the lead is lost, never when it is given up by `stop`. */
  readonly lost: Promise<Error>;

  constructor(options: LeadershipOptions) {
    this.#options = options;
    this.lost = new Promise((resolve) => {
      this.#reportLost = resolve;
    });
  }

  get isLeading(): boolean {
    return this.#isLeading;
  }

  start(): void {
    const { client, logger, lease, identity } = this.#options;
    if (lease === undefined) {
      this.#lead();
      return;
    }
    this.#elector = new LeaderElector({
      client,
      logger,
      identity,
      ...lease,
      onStartedLeading: () => this.#lead(),
      onStoppedLeading: () => this.#end(),
    });
    this.#elector.start(this.#electing.signal);
  }

  /** Ends what `onLeading` started; another replica can lead only after `release`. */
  stop(): void {
    this.#isStopping = true;
    this.#isLeading = false;
    this.#leading.abort();
  }

  async release(): Promise<void> {
    this.#electing.abort();
    await this.#elector?.release();
  }

  #lead(): void {
    if (this.#isStopping) return;
    this.#isLeading = true;
    this.#options.onLeading(this.#leading.signal);
  }

  #end(): void {
    if (this.#isStopping) return;
    this.stop();
    this.#reportLost(new Error('The lead is lost'));
  }
}
