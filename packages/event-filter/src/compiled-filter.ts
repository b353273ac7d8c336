import type { Attributes } from './attributes.ts';
import type { Narrowing } from './narrowing/narrowing.ts';

export interface CompiledFilter {
  readonly narrowing: Narrowing;
  matches(attributes: Attributes): boolean;
}
