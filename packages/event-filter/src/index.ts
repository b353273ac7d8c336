export { compileFilters, type FilterSpec } from './compile-filters.ts';
export type { CompiledFilter } from './compiled-filter.ts';
export type { CompileResult, FilterProblem } from './compile-result.ts';
export type { AllowedValue, Narrowing } from './narrowing/narrowing.ts';
