import type { CompileResult } from '../compile-result.ts';

/** Where a filter stands, and how one inside it is compiled. */
export interface FilterPlace {
  readonly path: string;
  readonly compileNested: (filter: unknown, path: string) => CompileResult;
}

/** Compiles what stands under the name of one dialect. */
export type Dialect = (body: unknown, place: FilterPlace) => CompileResult;
