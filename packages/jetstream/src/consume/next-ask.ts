import type { PullAsk } from './pull-request.ts';

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
  /** The largest message of late; 0 for a pull that has been idle. */
  readonly largestBytes: number;
}

export type NextAsk =
  | ({ readonly kind: 'ask' } & PullAsk)
  /** Full, or enough is on its way. */
  | { readonly kind: 'wait' }
  /** A little is free and nothing on its way: worth a request only if no more becomes free in a moment. */
  | { readonly kind: 'later' }
  | { readonly kind: 'wait-for-budget' };

/**
 * What to ask the server for now; `isDue` when a little room has waited long enough. The count, not the bytes, should
 * end a request: nats-server 2.9 mislays a redelivery that finds too few bytes left.
 */
export function nextAsk(window: PullWindow, isDue: boolean): NextAsk {
  const { maxUnsettled, unsettledCount, requestedCount } = window;
  const free = maxUnsettled - unsettledCount - requestedCount;
  if (free <= 0) return { kind: 'wait' };
  const isEmptyHanded = unsettledCount === 0 && requestedCount === 0;
  const isWorthIt = isEmptyHanded || free >= maxUnsettled / 4;
  if (!isWorthIt && requestedCount > 0) return { kind: 'wait' };
  if (!isWorthIt && !isDue) return { kind: 'later' };

  const { floorBytes, budgetBytes, largestBytes } = window;
  const ownBytes = window.maxUnsettledBytes - window.unsettledBytes - window.requestedBytes;
  const wantedBytes = Math.max(floorBytes, Math.ceil(free * largestBytes));
  const maxBytes = Math.min(wantedBytes, ownBytes, floorBytes + budgetBytes);
  if (maxBytes >= floorBytes) return ask(free, maxBytes, largestBytes);
  if (isEmptyHanded) return ask(free, floorBytes, largestBytes);
  return ownBytes >= floorBytes ? { kind: 'wait-for-budget' } : { kind: 'wait' };
}

function ask(free: number, maxBytes: number, largestBytes: number): NextAsk {
  const fitting = largestBytes === 0 ? free : Math.max(1, Math.floor(maxBytes / largestBytes));
  return { kind: 'ask', batch: Math.min(free, fitting), maxBytes };
}
