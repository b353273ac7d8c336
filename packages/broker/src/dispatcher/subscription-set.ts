import { abortableDelay } from './abortable-delay.ts';
import type { DesiredSubscription } from './desired-subscription.ts';

/** What the set starts and stops: a `TriggerSubscription`. */
export interface RunningSubscription {
  start(): void;
  /** See `TriggerSubscription.parkUpTo`; 0 for nothing. */
  parkUpTo(sequence: number): void;
  stop(): Promise<void>;
  abandon(): void;
}

interface Slot {
  readonly fingerprint: string;
  /** Until this resolves a predecessor may still be delivering. */
  readonly predecessor: Promise<unknown> | undefined;
  /** Undefined when the desired subscription cannot run: its filter does not compile. */
  readonly subscription: RunningSubscription | undefined;
}

export interface SubscriptionSetOptions {
  create(key: string, desired: DesiredSubscription): RunningSubscription | undefined;
  /** How long a replaced subscription may finish before its successor starts beside it. */
  readonly replaceGraceMs: number;
}

/**
 * The subscriptions of this replica by Trigger key. Each change of what is desired replaces a subscription as a whole.
 * A successor waits until its predecessor has finished, so that together they keep the Trigger's bound; a predecessor
 * that hangs delays it no longer than the grace.
 */
export class SubscriptionSet {
  readonly #options: SubscriptionSetOptions;
  readonly #slots = new Map<string, Slot>();
  readonly #stopping = new Map<RunningSubscription, Promise<void>>();

  constructor(options: SubscriptionSetOptions) {
    this.#options = options;
  }

  get activeCount(): number {
    return [...this.#slots.values()].filter((slot) => slot.subscription !== undefined).length;
  }

  apply(key: string, desired: DesiredSubscription | undefined): void {
    const current = this.#slots.get(key);
    if (current?.fingerprint === desired?.fingerprint) {
      current?.subscription?.parkUpTo(desired?.parkUpTo ?? 0);
      return;
    }
    const predecessor = this.#retire(key, current);
    if (desired === undefined) return;
    const subscription = this.#options.create(key, desired);
    subscription?.parkUpTo(desired.parkUpTo);
    const slot = { fingerprint: desired.fingerprint, predecessor, subscription };
    this.#slots.set(key, slot);
    if (predecessor === undefined) subscription?.start();
    else void this.#startAfter(predecessor, key, slot);
  }

  /** Stops all; what has not finished after `drainMs` is given back. Nothing may be applied afterwards. */
  async stop(drainMs: number): Promise<void> {
    for (const [key, slot] of this.#slots) void this.#retire(key, slot);
    const deadline = new AbortController();
    const allStopped = Promise.all(this.#stopping.values());
    await Promise.race([allStopped, abortableDelay(drainMs, deadline.signal)]);
    deadline.abort();
    for (const subscription of this.#stopping.keys()) subscription.abandon();
  }

  #retire(key: string, slot: Slot | undefined): Promise<unknown> | undefined {
    if (slot === undefined) return undefined;
    this.#slots.delete(key);
    const { subscription, predecessor } = slot;
    if (subscription === undefined) return predecessor;
    const stopped = subscription.stop().finally(() => this.#stopping.delete(subscription));
    this.#stopping.set(subscription, stopped);
    return Promise.all([predecessor, stopped]);
  }

  async #startAfter(predecessor: Promise<unknown>, key: string, slot: Slot): Promise<void> {
    const grace = new AbortController();
    await Promise.race([predecessor, abortableDelay(this.#options.replaceGraceMs, grace.signal)]);
    grace.abort();
    if (this.#slots.get(key) === slot) slot.subscription?.start();
  }
}
