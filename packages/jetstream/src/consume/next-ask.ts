/** How much of its window a pull uses, and what others leave to it. */
export interface PullWindow {
  readonly maxUnsettled: number;
  readonly maxUnsettledBytes: number;
  readonly unsettledCount: number;
  readonly unsettledBytes: number;
  /** Asked for and not arrived. */
  readonly requestedCount: number;
  readonly requestedBytes: number;
  /** Room for the largest message that there can be: a request for less could end without any, for ever. */
  readonly floorBytes: number;
  /** What the whole process may still claim; below 0 when it has claimed too much. */
  readonly budgetBytes: number;
  /** Of late, the size of one message; 0 for a pull that has been idle. */
  readonly usualBytes: number;
}

export type NextAsk =
  | { readonly kind: 'ask'; readonly batch: number; readonly maxBytes: number }
  /** Full, or enough is on its way. */
  | { readonly kind: 'wait' }
  /** A little is free and nothing on its way: worth a request only if no more becomes free in a moment. */
  | { readonly kind: 'later' }
  | { readonly kind: 'wait-for-budget' };

/** Messages vary in size; a request that is too small ends early, one that is too large claims what others need. */
const headroom = 2;

/** What to ask the server for now; `isDue` when a little room has waited long enough. */
export function nextAsk(window: PullWindow, isDue: boolean): NextAsk {
  const { maxUnsettled, unsettledCount, requestedCount } = window;
  const batch = maxUnsettled - unsettledCount - requestedCount;
  if (batch <= 0) return { kind: 'wait' };
  const isEmptyHanded = unsettledCount === 0 && requestedCount === 0;
  const isWorthIt = isEmptyHanded || batch >= maxUnsettled / 4;
  if (!isWorthIt && requestedCount > 0) return { kind: 'wait' };
  if (!isWorthIt && !isDue) return { kind: 'later' };

  const { floorBytes, budgetBytes, usualBytes } = window;
  const ownBytes = window.maxUnsettledBytes - window.unsettledBytes - window.requestedBytes;
  const wantedBytes = Math.max(floorBytes, batch * usualBytes * headroom);
  const maxBytes = Math.min(wantedBytes, ownBytes, floorBytes + budgetBytes);
  if (maxBytes >= floorBytes) return { kind: 'ask', batch, maxBytes };
  if (isEmptyHanded) return { kind: 'ask', batch, maxBytes: floorBytes };
  return ownBytes >= floorBytes ? { kind: 'wait-for-budget' } : { kind: 'wait' };
}
