import type { CompiledFilter } from '../compiled-filter.ts';
import { intersectNarrowings } from '../narrowing/intersect-narrowings.ts';

/** Matches what all of them match; of none of them, everything. */
export function matchAll(filters: readonly CompiledFilter[]): CompiledFilter {
  const [first] = filters;
  if (first !== undefined && filters.length === 1) return first;
  return {
    narrowing: intersectNarrowings(filters.map(({ narrowing }) => narrowing)),
    matches: (attributes) => filters.every((filter) => filter.matches(attributes)),
  };
}
