import { randomUUID } from 'node:crypto';
import type { Logger } from '../logger.ts';
import { WorkQueue } from '../queue/work-queue.ts';

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
  /** A reconcile that takes longer is given up, and tried again. */
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

  constructor(options: ControllerOptions) {
    this.#options = options;
  }

  start(signal: AbortSignal): void {
    signal.addEventListener('abort', () => this.queue.close(), { once: true });
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

  async #process(key: string, signal: AbortSignal): Promise<void> {
    const startedAt = performance.now();
    const reconciled = (result: Reconciled['result']) =>
      this.#options.onReconciled?.({ result, durationMs: performance.now() - startedAt });
    try {
      const result = await this.#reconcileInTime(key, signal);
      this.queue.forget(key);
      this.#comeRound(key, result);
      reconciled(result.kind === 'requeue-after' ? 'requeue' : 'done');
    } catch (error) {
      this.#onError(key, error, signal);
      reconciled('error');
    } finally {
      this.queue.done(key);
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
          this.queue.addAfter(key, resyncMs * (0.9 + 0.2 * Math.random()));
        break;
      case 'gone':
        break;
    }
  }

  async #reconcileInTime(key: string, signal: AbortSignal): Promise<ReconcileResult> {
    const { name, reconcileTimeoutMs = defaultReconcileTimeoutMs } = this.#options;
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), reconcileTimeoutMs);
    const tooLate = new Promise<never>((_resolve, reject) => {
      timeout.signal.addEventListener('abort', () =>
        reject(new Error(`${name}: reconcile of "${key}" took more than ${reconcileTimeoutMs} ms`)),
      );
    });
    try {
      const both = AbortSignal.any([signal, timeout.signal]);
      return await Promise.race([this.#options.reconcile(key, both), tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  #onError(key: string, err: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    const { logger, name } = this.#options;
    const isTerminal = (err as { code?: unknown } | null)?.code === 'terminal';
    logger.error('Reconcile failed', { controller: name, key, reconcileId: randomUUID(), err });
    if (isTerminal) this.queue.forget(key);
    else this.queue.addRateLimited(key);
  }
}
