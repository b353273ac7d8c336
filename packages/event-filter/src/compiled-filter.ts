import type { Narrowing } from './narrowing/narrowing.ts';

/** Attributes of an event as text; names in lower case. */
export type Attributes = ReadonlyMap<string, string>;

export interface CompiledFilter {
  readonly narrowing: Narrowing;
  matches(attributes: Attributes): boolean;
}
