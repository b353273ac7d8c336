import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';

export interface Load {
  readonly url: string;
  readonly type: string;
  readonly count: number;
  readonly concurrency: number;
  /** Events started per second over all connections; as fast as it goes when absent. */
  readonly ratePerSecond?: number;
  /** The body of each; JSON. */
  readonly data?: string;
  /** Called before each send with how many were sent before it. */
  onSend?(sentCount: number): void;
}

export interface LoadResult {
  /** Ids of the events that got a 2xx. */
  readonly accepted: string[];
  /** How many got each other code; 0 stands for no answer. */
  readonly refused: Map<number, number>;
}

/** Sends CloudEvents with ids `<type>-<n>` and counts the answers; it never retries. */
export async function sendEvents(load: Load): Promise<LoadResult> {
  const { origin, pathname } = new URL(load.url);
  const pool = new Pool(origin, {
    connections: load.concurrency,
    headersTimeout: 20_000,
    bodyTimeout: 20_000,
  });
  const result: LoadResult = { accepted: [], refused: new Map() };
  let next = 0;
  const startedAt = performance.now();
  const worker = async () => {
    while (next < load.count) {
      const index = next++;
      await untilDue(index, load.ratePerSecond, startedAt);
      const id = `${load.type}-${index}`;
      load.onSend?.(index);
      const code = await send(pool, pathname, id, load);
      if (code >= 200 && code < 300) result.accepted.push(id);
      else result.refused.set(code, (result.refused.get(code) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: load.concurrency }, worker));
  await pool.destroy();
  return result;
}

async function untilDue(index: number, ratePerSecond: number | undefined, startedAt: number) {
  if (ratePerSecond === undefined) return;
  const waitMs = startedAt + (index * 1000) / ratePerSecond - performance.now();
  if (waitMs > 0) await delay(waitMs);
}

async function send(pool: Pool, path: string, id: string, load: Load): Promise<number> {
  try {
    const { statusCode, body } = await pool.request({
      path,
      method: 'POST',
      headers: {
        'ce-specversion': '1.0',
        'ce-id': id,
        'ce-source': 'load',
        'ce-type': load.type,
        'content-type': 'application/json',
      },
      body: load.data ?? '{"some":"data"}',
    });
    await body.dump();
    return statusCode;
  } catch {
    return 0;
  }
}
