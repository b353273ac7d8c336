import { setTimeout as delay } from 'node:timers/promises';

/**
 * Calls `probe` until it returns something other than undefined, null or false, without throwing.
 * At the deadline it throws what the probe threw last, or says what it returned.
 */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  options: { timeoutMs?: number; intervalMs?: number } = {},
): Promise<T> {
  const { timeoutMs = 10_000, intervalMs = 25 } = options;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const outcome = await attempt(probe);
    if (outcome.kind === 'value') return outcome.value;
    if (Date.now() >= deadline) throw outcome.error;
    await delay(intervalMs);
  }
}

type Outcome<T> = { kind: 'value'; value: T } | { kind: 'not-yet'; error: Error };

async function attempt<T>(probe: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    const value = await probe();
    const isYet = value !== undefined && value !== null && value !== false;
    return isYet
      ? { kind: 'value', value }
      : { kind: 'not-yet', error: new Error(`Not within the deadline: still ${String(value)}`) };
  } catch (error) {
    return { kind: 'not-yet', error: error as Error };
  }
}
