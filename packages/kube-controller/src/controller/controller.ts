import type { Logger } from '../logger.ts';
import { LinkedAbort } from '../linked-abort.ts';
import { onAbort } from '../on-abort.ts';
import { WorkQueue } from '../queue/work-queue.ts';
import { withDeadline } from '../with-deadline.ts';

/** `gone`: there is no such object, so its key does not come round at the next resync. */
export type ReconcileResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'requeue-after'; readonly delayMs: number };

/** Nothing but a change of the object can help: no retry. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
  readonly code = 'terminal';
}

export interface Reconciled {
  readonly result: 'done' | 'requeue' | 'error';
  readonly durationMs: number;
}

export interface ControllerOptions {
  readonly name: string;
  readonly workerCount: number;
  /** Brings the world to what the object of `key` asks, whatever changed; called again after an error. */
  reconcile(key: string, signal: AbortSignal): Promise<ReconcileResult>;
  readonly logger: Logger;
  /**
   * A reconcile that takes longer is aborted, and its worker goes on with other keys. Its own key stays in its hands until
   * it has really ended: never two of one key.
   */
  readonly reconcileTimeoutMs?: number;
  /** Every object is looked at again after about so long, in case a change was missed. */
  readonly resyncMs?: number;
  onReconciled?(reconciled: Reconciled): void;
}

const defaultReconcileTimeoutMs = 60_000;

/** N workers over one work queue of keys. */
export class Controller {
  readonly queue = new WorkQueue();
  readonly #options: ControllerOptions;
  #workers: Promise<void>[] = [];
  #signal: AbortSignal | undefined;

  constructor(options: ControllerOptions) {
    this.#options = options;
  }

  start(signal: AbortSignal): void {
    this.#signal = signal;
    onAbort(signal, () => this.queue.close());
    const { workerCount } = this.#options;
    this.#workers = Array.from({ length: workerCount }, () => this.#work(signal));
  }

  /** Takes no more keys; resolves when the work in hand is done. */
  async stop(): Promise<void> {
    this.queue.close();
    await Promise.all(this.#workers);
  }

  async #work(signal: AbortSignal): Promise<void> {
    for (;;) {
      const key = await this.queue.take();
      if (key === undefined) return;
      await this.#process(key, signal);
    }
  }

  /** Resolves when the reconcile has ended, or at its deadline. */
  async #process(key: string, signal: AbortSignal): Promise<void> {
    const { name, logger, reconcileTimeoutMs = defaultReconcileTimeoutMs } = this.#options;
    const abort = new LinkedAbort(signal);
    const ended = this.#reconcile(key, abort.signal).finally(() => {
      abort.unlink();
      this.queue.done(key);
    });
    try {
      await withDeadline(ended, reconcileTimeoutMs);
    } catch (err) {
      logger.error('Reconcile takes too long', { controller: name, key, err });
      abort.abort(err);
    }
  }

  /** Settles what a reconcile says about its key; never rejects. */
  async #reconcile(key: string, signal: AbortSignal): Promise<void> {
    const startedAtMs = performance.now();
    const result = await this.#outcome(key, signal);
    this.#options.onReconciled?.({ result, durationMs: performance.now() - startedAtMs });
  }

  async #outcome(key: string, signal: AbortSignal): Promise<Reconciled['result']> {
    try {
      const result = await this.#options.reconcile(key, signal);
      this.queue.forget(key);
      this.#comeRound(key, result);
      return result.kind === 'requeue-after' ? 'requeue' : 'done';
    } catch (error) {
      this.#onError(key, error);
      return 'error';
    }
  }

  #comeRound(key: string, result: ReconcileResult): void {
    const { resyncMs } = this.#options;
    switch (result.kind) {
      case 'requeue-after':
        this.queue.addAfter(key, result.delayMs);
        break;
      case 'done':
        if (resyncMs !== undefined)
          this.queue.addBehindAfter(key, resyncMs * (0.9 + 0.2 * Math.random()));
        break;
      case 'gone':
        break;
    }
  }

  #onError(key: string, err: unknown): void {
    if (this.#signal?.aborted === true) return;
    const { logger, name } = this.#options;
    const isTerminal = (err as { code?: unknown } | null)?.code === 'terminal';
    logger.error('Reconcile failed', { controller: name, key, err });
    if (isTerminal) this.queue.forget(key);
    else this.queue.addRateLimited(key);
  }
}
