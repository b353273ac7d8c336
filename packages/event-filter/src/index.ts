export { compileFilters, type CompileResult, type FilterSpec } from './compile-filters.ts';
export type { CompiledFilter } from './compiled-filter.ts';
export type { FilterProblem } from './filter-problem.ts';
export type { AllowedValue, Narrowing } from './narrowing/narrowing.ts';
