import { compiled } from '../compile-result.ts';
import { free } from '../narrowing/free.ts';
import type { Dialect } from './dialect.ts';

/** The filter does not match; an attribute that is missing is one of the reasons. */
export const not: Dialect = (body, { path, compileNested }) => {
  const result = compileNested(body, path);
  if (result.kind === 'invalid') return result;
  const { filter } = result;
  return compiled({
    narrowing: free,
    matches: (attributes) => !filter.matches(attributes),
  });
};
