import type { SubscriptionsFilter } from '@jetmesh/eventing-api';
import { compiled, type CompileResult } from './compile-result.ts';
import { compileAttributesFilter } from './dialects/attributes-filter.ts';
import { compileFilter } from './dialects/compile-filter.ts';
import { compileFilterList } from './dialects/filter-list.ts';
import { matchAll } from './dialects/match-all.ts';

/** The filtering part of a Trigger's spec. */
export interface FilterSpec {
  filter?: { attributes?: Record<string, string> };
  filters?: SubscriptionsFilter[];
}

/**
 * Compiles a Trigger's filters once, to closures. `filters` wins over `filter` when it has elements, and all of them
 * must match; what is invalid in either is a problem and never a wider match.
 */
export function compileFilters({ filter, filters }: FilterSpec): CompileResult {
  const older = compileAttributesFilter(filter?.attributes ?? {}, 'spec.filter.attributes');
  if (filters === undefined || filters.length === 0) return older;
  const newer = compileFilterList(filters, {
    path: 'spec.filters',
    compileNested: (element, path) => compileFilter(element, path),
  });
  const problems = [older, newer].flatMap((result) =>
    result.kind === 'invalid' ? result.problems : [],
  );
  if (newer.kind === 'invalid' || problems.length > 0) return { kind: 'invalid', problems };
  return compiled(matchAll(newer.filters));
}
