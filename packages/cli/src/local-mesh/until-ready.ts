import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';

export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';
  readonly code = 'not_ready';
}

/** How long a wait may take, and what ends it early. */
export interface Patience {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Waits until `url` answers 200; at the deadline it throws with the last answer or failure. */
export async function untilReady(
  name: string,
  url: string,
  { timeoutMs, signal }: Patience,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let last = 'no answer';
  while (Date.now() < deadline) {
    try {
      const { statusCode, body } = await request(url, {
        headersTimeout: 2_000,
        bodyTimeout: 2_000,
      });
      last = `${statusCode} ${await body.text()}`;
      if (statusCode === 200) return;
    } catch (error) {
      last = (error as Error).message;
    }
    await delay(50, undefined, { signal });
  }
  throw new NotReadyError(`${name} is not ready after ${timeoutMs} ms ("${url}": ${last})`);
}
