import type { CompileResult } from '../compile-result.ts';
import type { CompiledFilter } from '../compiled-filter.ts';
import type { FilterPlace } from './dialect.ts';

export type FilterListReading =
  | { readonly kind: 'compiled'; readonly filters: readonly CompiledFilter[] }
  | Extract<CompileResult, { kind: 'invalid' }>;

/** Compiles a list of filters, and names the problems of all of them. */
export function compileFilterList(
  list: unknown,
  { path, compileNested }: FilterPlace,
): FilterListReading {
  if (!Array.isArray(list)) return onlyProblem(path, 'expected a list of filters');
  if (list.length === 0) return onlyProblem(path, 'expected at least one, got none');
  const results = list.map((filter: unknown, index) => compileNested(filter, `${path}[${index}]`));
  const problems = results.flatMap((result) => (result.kind === 'invalid' ? result.problems : []));
  if (problems.length > 0) return { kind: 'invalid', problems };
  const filters = results.flatMap((result) => (result.kind === 'compiled' ? [result.filter] : []));
  return { kind: 'compiled', filters };
}

function onlyProblem(path: string, message: string): FilterListReading {
  return { kind: 'invalid', problems: [{ path, message }] };
}
