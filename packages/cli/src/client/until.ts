import { setTimeout as delay } from 'node:timers/promises';

class DeadlinePassedError extends Error {
  override readonly name = 'DeadlinePassedError';
  readonly code = 'deadline_passed';
}

/** Asks `probe` again and again until it says undefined; at the deadline throws with what it said last. */
export async function until(
  probe: () => Promise<string | undefined>,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const missing = await probe();
    if (missing === undefined) return;
    if (Date.now() >= deadline) throw new DeadlinePassedError(`After ${timeoutMs} ms: ${missing}`);
    await delay(50);
  }
}
