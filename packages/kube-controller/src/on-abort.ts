import { setMaxListeners } from 'node:events';

/**
 * Calls `listener` when the signal is aborted, at once if it is; returns how to end that. The signal of a whole program
 * has a listener for each watch and each reconcile: that is no leak to be warned of.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  setMaxListeners(0, signal);
  signal.addEventListener('abort', listener, { once: true });
  if (signal.aborted) listener();
  return () => signal.removeEventListener('abort', listener);
}
