import { describe, expect, it } from '@jest/globals';
import type { SubscriptionsFilter } from '@jetmesh/eventing-api';
import fc from 'fast-check';
import { compileFilters, type FilterSpec } from './compile-filters.ts';
import type { AllowedValue } from './narrowing/narrowing.ts';

type EventAttributes = Readonly<Record<string, string>>;

/** The meaning of the dialects, word for word. */
function isMatch(filter: SubscriptionsFilter, event: EventAttributes): boolean {
  const every = (
    map: Record<string, string>,
    holds: (actual: string, expected: string) => boolean,
  ) =>
    Object.entries(map).every(([name, expected]) => {
      const actual = event[name];
      return actual !== undefined && holds(actual, expected);
    });
  if (filter.exact) return every(filter.exact, (actual, expected) => actual === expected);
  if (filter.prefix) return every(filter.prefix, (actual, expected) => actual.startsWith(expected));
  if (filter.suffix) return every(filter.suffix, (actual, expected) => actual.endsWith(expected));
  if (filter.all) return filter.all.every((nested) => isMatch(nested, event));
  if (filter.any) return filter.any.some((nested) => isMatch(nested, event));
  if (filter.not) return !isMatch(filter.not, event);
  return isCesqlMatch(filter.cesql ?? '', event);
}

/** Only the conjunctions of comparisons that are made below. */
function isCesqlMatch(expression: string, event: EventAttributes): boolean {
  return expression.split(' AND ').every((term) => {
    const [, name = '', operator, value] = /^(\w+) (=|!=) '(\w*)'$/.exec(term) ?? [];
    const actual = event[name];
    return actual !== undefined && (actual === value) === (operator === '=');
  });
}

const names = ['type', 'source', 'ext'];
const name = fc.constantFrom(...names);
const value = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 });
const map = fc.dictionary(name, value, { minKeys: 1, maxKeys: 2 });
const term = fc
  .tuple(name, fc.constantFrom('=', '!='), value)
  .map(([attribute, operator, text]) => `${attribute} ${operator} '${text}'`);
const terms = fc.array(term, { minLength: 1, maxLength: 3 });

const { filter: anyFilter } = fc.letrec<{ filter: SubscriptionsFilter }>((tie) => {
  const list = fc.array(tie('filter'), { minLength: 1, maxLength: 3 });
  return {
    filter: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.record({ exact: map }),
      fc.record({ prefix: map }),
      fc.record({ suffix: map }),
      fc.record({ cesql: terms.map((some) => some.join(' AND ')) }),
      fc.record({ all: list }),
      fc.record({ any: list }),
      fc.record({ not: tie('filter') }),
    ),
  };
});

const anyEvent = fc.dictionary(name, value) as fc.Arbitrary<EventAttributes>;

function compile(spec: FilterSpec) {
  const result = compileFilters(spec);
  if (result.kind === 'invalid') throw new Error(JSON.stringify(result.problems));
  return result.filter;
}

function isAllowed(values: readonly AllowedValue[], actual: string | undefined): boolean {
  return values.some(({ kind, value: wanted }) =>
    kind === 'exact' ? actual === wanted : actual?.startsWith(wanted),
  );
}

describe('random filters and events', () => {
  const filters = fc.array(anyFilter, { minLength: 1, maxLength: 2 });

  it('match by the meaning of the dialects', () => {
    fc.assert(
      fc.property(filters, anyEvent, (some, event) => {
        const expected = some.every((filter) => isMatch(filter, event));
        const attributes = new Map(Object.entries(event));
        expect(compile({ filters: some }).matches(attributes)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('match only what the narrowing allows', () => {
    fc.assert(
      fc.property(filters, fc.array(anyEvent, { minLength: 20, maxLength: 40 }), (some, events) => {
        const filter = compile({ filters: some });
        for (const event of events) {
          if (!filter.matches(new Map(Object.entries(event)))) continue;
          for (const [attribute, values] of filter.narrowing) {
            expect(isAllowed(values, event[attribute])).toBe(true);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });
});
