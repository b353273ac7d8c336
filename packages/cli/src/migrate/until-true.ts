import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../command-context.ts';

const lookIntervalMs = 100;

/** Asks again and again; at the deadline throws with what has not come true. The command may be given again. */
export async function untilTrue(
  isTrue: () => Promise<boolean>,
  { what, waitMs, signal }: { what: string; waitMs: number; signal: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + waitMs;
  while (!(await isTrue())) {
    if (Date.now() >= deadline) throw new CommandError(`${what}. Run the command again.`);
    await delay(lookIntervalMs, undefined, { signal });
  }
}
