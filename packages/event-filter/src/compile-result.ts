import type { CompiledFilter } from './compiled-filter.ts';

/** What makes a filter invalid, in Knative's words where it has some. */
export interface FilterProblem {
  /** For example `spec.filters[0].exact[Type]`. */
  readonly path: string;
  readonly message: string;
  /** Where in a CESQL expression, in UTF-16 units from 0. */
  readonly position?: number;
}

export type CompileResult =
  | { readonly kind: 'compiled'; readonly filter: CompiledFilter }
  | { readonly kind: 'invalid'; readonly problems: FilterProblem[] };

export function compiled(filter: CompiledFilter): CompileResult {
  return { kind: 'compiled', filter };
}

export function invalid(...problems: FilterProblem[]): CompileResult {
  return { kind: 'invalid', problems };
}
