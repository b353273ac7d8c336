import { setTimeout as delay } from 'node:timers/promises';

/** Resolves after `ms`, or when it is aborted. */
export function abortableDelay(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal }).catch(() => undefined);
}
