import type { Narrowing } from './narrowing.ts';

/** Nothing is known of the events that match. */
export const free: Narrowing = new Map();
