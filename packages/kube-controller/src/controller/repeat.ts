import { setTimeout as delay } from 'node:timers/promises';

/** Calls `step` for ever, `intervalMs` after the end of the call before; ends when the signal says so. */
export async function repeat(
  step: () => Promise<void>,
  intervalMs: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await step();
    await delay(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}
