import { compiled } from '../compile-result.ts';
import { uniteNarrowings } from '../narrowing/unite-narrowings.ts';
import type { Dialect } from './dialect.ts';
import { compileFilterList } from './filter-list.ts';

/** At least one filter of the list matches. */
export const any: Dialect = (body, place) => {
  const list = compileFilterList(body, place);
  if (list.kind === 'invalid') return list;
  const { filters } = list;
  return compiled({
    narrowing: uniteNarrowings(filters.map(({ narrowing }) => narrowing)),
    matches: (attributes) => filters.some((filter) => filter.matches(attributes)),
  });
};
