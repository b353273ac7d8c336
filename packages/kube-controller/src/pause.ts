import { onAbort } from './on-abort.ts';

/** Resolves after `delayMs`, or at once when the signal says that nobody cares any more. */
export async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const timer = setTimeout(end, delayMs);
  const unlink = onAbort(signal, end);
  await ended;
  clearTimeout(timer);
  unlink();
}
