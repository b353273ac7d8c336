import { describe, expect, it } from '@jest/globals';
import type { SubscriptionsFilter } from '@jetmesh/eventing-api';
import { compileFilters, type FilterSpec } from '../compile-filters.ts';

/** As text: `x` is exactly that, `x*` a prefix. */
function narrowingOf(spec: FilterSpec): Record<string, string[]> {
  const result = compileFilters(spec);
  if (result.kind === 'invalid') throw new Error(JSON.stringify(result.problems));
  const entries = [...result.filter.narrowing].map(([name, values]) => [
    name,
    values.map(({ kind, value }) => (kind === 'exact' ? value : `${value}*`)),
  ]);
  return Object.fromEntries(entries) as Record<string, string[]>;
}

const exact = (type: string): SubscriptionsFilter => ({ exact: { type } });
const prefix = (type: string): SubscriptionsFilter => ({ prefix: { type } });

describe('the narrowing', () => {
  it.each<[string, SubscriptionsFilter[], Record<string, string[]>]>([
    [
      'of exact is the values',
      [{ exact: { type: 'a', source: 's' } }],
      { type: ['a'], source: ['s'] },
    ],
    ['of prefix is the prefixes', [prefix('a.')], { type: ['a.*'] }],
    ['of suffix is free', [{ suffix: { type: 'a' } }], {}],
    ['of not is free', [{ not: exact('a') }], {}],
    [
      'of a list is what all leave',
      [exact('a'), { exact: { source: 's' } }],
      { type: ['a'], source: ['s'] },
    ],
    ['of all is the tighter one', [{ all: [prefix('a'), exact('ab')] }], { type: ['ab'] }],
    ['of all is the longer prefix', [{ all: [prefix('ab'), prefix('a')] }], { type: ['ab*'] }],
    ['of a contradiction is nothing', [{ all: [exact('a'), exact('b')] }], { type: [] }],
    ['of contradicting prefixes is nothing', [{ all: [prefix('a'), prefix('b')] }], { type: [] }],
    ['of any is the union', [{ any: [exact('a'), exact('b'), exact('a')] }], { type: ['a', 'b'] }],
    [
      'of any leaves out what is covered',
      [{ any: [exact('ab'), prefix('a'), prefix('abc')] }],
      { type: ['a*'] },
    ],
    ['of any is free where a branch is', [{ any: [exact('a'), { suffix: { type: 'b' } }] }], {}],
    [
      'of any keeps what every branch constrains',
      [{ any: [{ exact: { type: 'a', source: 's' } }, { exact: { type: 'b', id: '1' } }] }],
      { type: ['a', 'b'] },
    ],
    [
      'of any leaves out branches that match nothing',
      [{ any: [{ all: [exact('a'), exact('b')] }, exact('c')] }],
      { type: ['c'] },
    ],
    [
      'of any is nothing when all branches match nothing',
      [{ any: [{ all: [exact('a'), exact('b')] }] }],
      { type: [] },
    ],
    [
      'of all over any is what both allow',
      [{ all: [{ any: [exact('a'), exact('b')] }, { any: [exact('b'), exact('c')] }] }],
      { type: ['b'] },
    ],
    [
      'of a name that can be another attribute is free',
      [{ exact: { dataschema: 'x', schemaurl: 'y', datamediatype: 'z' } }],
      {},
    ],
    ['of CESQL is free', [{ cesql: "type LIKE 'a%' OR type = 'b'" }], {}],
    ['of an equality in CESQL is the text', [{ cesql: "type = 'a'" }], { type: ['a'] }],
    ['of an equality the other way round is the text', [{ cesql: "'a' = TYPE" }], { type: ['a'] }],
    [
      'of a conjunction in CESQL is all of its equalities',
      [{ cesql: 'type = \'a\' AND (EXISTS id AND source = "s")' }],
      { type: ['a'], source: ['s'] },
    ],
    ['of an equality under OR is free', [{ cesql: "type = 'a' OR source = 's'" }], {}],
    ['of an equality under NOT is free', [{ cesql: "NOT (type = 'a')" }], {}],
    ['of an inequality is free', [{ cesql: "type != 'a'" }], {}],
    [
      'of an equality with a number is free, because texts of it differ',
      [{ cesql: 'sequence = 5' }],
      {},
    ],
    ['of an equality with nothing is free', [{ cesql: "subject = ''" }], {}],
    [
      'of the right-hand group after AND is not that of its parts',
      [{ cesql: "type = 'a' AND source = 's' OR TRUE" }],
      { type: ['a'] },
    ],
  ])('%s', (_case, filters, expected) => {
    expect(narrowingOf({ filters })).toEqual(expected);
  });

  it('of spec.filter is its values, but for those that only ask for presence', () => {
    const attributes = { type: 'a', source: '', dataschema: 'x' };
    expect(narrowingOf({ filter: { attributes } })).toEqual({ type: ['a'] });
  });

  it('of very many values is found at once', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => exact(`type.${index}`));
    const narrowing = narrowingOf({ filters: [{ any: many }, { any: many }, prefix('type.1999')] });
    expect(narrowing.type).toHaveLength(11);
  });
});
