import type { SubscriptionsFilter } from '@jetmesh/eventing-api';
import type { CompiledFilter } from './compiled-filter.ts';
import type { FilterProblem } from './filter-problem.ts';

export type CompileResult =
  | { readonly kind: 'compiled'; readonly filter: CompiledFilter }
  | { readonly kind: 'invalid'; readonly problems: FilterProblem[] };

/** The filtering part of a Trigger's spec. */
export interface FilterSpec {
  filter?: { attributes?: Record<string, string> };
  filters?: SubscriptionsFilter[];
}

export function compileFilters(_spec: FilterSpec): CompileResult {
  throw new Error('follows in the next commit');
}
