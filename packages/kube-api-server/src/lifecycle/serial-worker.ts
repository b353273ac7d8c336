import type { Logger } from '../logger.ts';

/**
 * Works keys off one after another, each at most once at a time; a key that comes again while it waits is the same one.
 * A key that failed comes back later.
 */
export class SerialWorker {
  readonly #process: (key: string) => Promise<void>;
  readonly #logger: Logger;
  readonly #keys = new Set<string>();
  readonly #retries = new Set<NodeJS.Timeout>();
  #running: Promise<void> | undefined;
  #isClosed = false;

  constructor(logger: Logger, process: (key: string) => Promise<void>) {
    this.#logger = logger;
    this.#process = process;
  }

  add(key: string): void {
    if (this.#isClosed) return;
    this.#keys.add(key);
    this.#running ??= this.#run();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#keys.clear();
    for (const retry of this.#retries) clearTimeout(retry);
    await this.#running;
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    for (const key of this.#keys) {
      this.#keys.delete(key);
      try {
        await this.#process(key);
      } catch (error) {
        this.#logger.warn('a clean-up of the Kubernetes API failed and is tried again', {
          key,
          err: error,
        });
        this.#retryLater(key);
      }
    }
    this.#running = undefined;
  }

  #retryLater(key: string): void {
    const retry = setTimeout(() => {
      this.#retries.delete(retry);
      this.add(key);
    }, retryDelayMs);
    this.#retries.add(retry);
  }
}

const retryDelayMs = 1000;
