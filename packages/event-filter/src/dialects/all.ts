import { compiled } from '../compile-result.ts';
import type { Dialect } from './dialect.ts';
import { compileFilterList } from './filter-list.ts';
import { matchAll } from './match-all.ts';

/** Every filter of the list matches. */
export const all: Dialect = (body, place) => {
  const list = compileFilterList(body, place);
  return list.kind === 'invalid' ? list : compiled(matchAll(list.filters));
};
