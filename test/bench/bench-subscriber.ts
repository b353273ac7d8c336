import { eventually } from '../support/eventually.ts';
import { BenchChild } from './bench-child.ts';

export interface SubscriberCount {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
}

/** A subscriber process that counts what it gets. */
export class BenchSubscriber {
  readonly url: string;
  readonly #child: BenchChild;

  private constructor(child: BenchChild, port: number) {
    this.#child = child;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start({ delayMs } = { delayMs: 0 }): Promise<BenchSubscriber> {
    const child = new BenchChild('subscriber', String(delayMs));
    const { port } = await child.message<{ port: number }>();
    return new BenchSubscriber(child, port);
  }

  /** What came since the last call. */
  reset(): Promise<SubscriberCount> {
    return this.#child.ask<SubscriberCount>('reset');
  }

  async untilCounted(count: number): Promise<void> {
    await eventually(async () => (await this.#child.ask<SubscriberCount>('count')).count >= count, {
      timeoutMs: 120_000,
      intervalMs: 100,
    });
  }

  stop(): void {
    this.#child.stop();
  }
}
