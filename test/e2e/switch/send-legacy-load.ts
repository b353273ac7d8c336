import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';

export interface LegacyLoad {
  readonly url: string;
  /** Sent in turn. */
  readonly types: readonly string[];
  readonly ratePerSecond: number;
  /** Number of the first event in its id; 0 when absent. */
  readonly firstId?: number;
  /** Ends the load; what is on its way is awaited. */
  readonly signal: AbortSignal;
}

export interface SentEvent {
  readonly id: string;
  readonly type: string;
}

export interface LegacyLoadResult {
  /** Answered 200, and not that nobody would get it. */
  readonly accepted: readonly SentEvent[];
  /** Every other answer. */
  readonly refused: readonly string[];
}

const senderCount = 16;

/** Sends legacy events of version v1 at a steady rate and never retries. */
export async function sendLegacyLoad(load: LegacyLoad): Promise<LegacyLoadResult> {
  const { origin, pathname } = new URL(load.url);
  const pool = new Pool(origin, { connections: senderCount, headersTimeout: 20_000 });
  const accepted: SentEvent[] = [];
  const refused: string[] = [];
  const startedAt = performance.now();
  let next = 0;
  const sender = async () => {
    while (!load.signal.aborted) {
      const index = next++;
      const waitMs = startedAt + (index * 1000) / load.ratePerSecond - performance.now();
      if (waitMs > 0) await delay(waitMs);
      const type = load.types[index % load.types.length] ?? '';
      const event = { id: legacyId((load.firstId ?? 0) + index), type };
      const answer = await send(pool, pathname, event);
      if (answer === undefined) accepted.push(event);
      else refused.push(answer);
    }
  };
  await Promise.all(Array.from({ length: senderCount }, sender));
  await pool.close();
  return { accepted, refused };
}

/** What the adapter said when it did not take the event for somebody. */
async function send(pool: Pool, path: string, event: SentEvent): Promise<string | undefined> {
  const body = JSON.stringify({
    'event-type': event.type,
    'event-type-version': 'v1',
    'event-id': event.id,
    'event-time': '2026-01-01T00:00:00Z',
    data: { orderCode: '42' },
  });
  const headers = { 'content-type': 'application/json' };
  try {
    const answer = await pool.request({ path, method: 'POST', headers, body });
    const text = await answer.body.text();
    const isTaken = answer.statusCode === 200 && !text.includes('ignored');
    return isTaken ? undefined : `${answer.statusCode} ${text}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Legacy ids are UUIDs. */
function legacyId(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}
