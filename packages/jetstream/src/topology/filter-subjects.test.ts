import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { serverFeatures } from '../connection/server-features.ts';
import { eventSubject } from './event-subject.ts';
import { filterSubjects } from './filter-subjects.ts';
import { nastyText } from './nasty-text.ts';
import { sourceToken } from './source-token.ts';
import type { SubjectNarrowing } from './subject-narrowing.ts';

const old = serverFeatures('2.9.10');
const recent = serverFeatures('2.12.1');
const broker = 'b-1';

type Allowed = { readonly kind: 'exact' | 'prefix'; readonly value: string };

const exact = (value: string): Allowed => ({ kind: 'exact', value });
const prefix = (value: string): Allowed => ({ kind: 'prefix', value });

function narrowingOf(attributes: Readonly<Record<string, readonly Allowed[]>>): SubjectNarrowing {
  return new Map(Object.entries(attributes));
}

describe('filterSubjects', () => {
  const shop = sourceToken('/shop');
  it.each<[string, Record<string, Allowed[]>, string[], string[]]>([
    ['everything', {}, ['>'], ['>']],
    ['an attribute that is in no subject', { subject: [exact('x')] }, ['>'], ['>']],
    ['one type', { type: [exact('a.b')] }, ['*.a.b'], ['*.a.b']],
    ['one source', { source: [exact('/shop')] }, [`${shop}.>`], [`${shop}.>`]],
    ['a prefix of sources', { source: [prefix('/sh')] }, ['>'], ['>']],
    [
      'type and source',
      { type: [exact('a.b')], source: [exact('/shop')] },
      [`${shop}.a.b`],
      [`${shop}.a.b`],
    ],
    ['a prefix that ends at a dot', { type: [prefix('a.b.')] }, ['*.a.b.>'], ['*.a.b.>']],
    ['a prefix inside a piece', { type: [prefix('a.bc')] }, ['*.a.>'], ['*.a.>']],
    ['a prefix without a dot', { type: [prefix('abc')] }, ['>'], ['>']],
    ['two types', { type: [exact('a.b'), exact('a.c')] }, ['*.a.b', '*.a.c'], ['*.a.>']],
    ['a type and one below it', { type: [exact('a'), exact('a.b')] }, ['*.a', '*.a.b'], ['>']],
    ['a type inside a prefix', { type: [prefix('a.'), exact('a.b')] }, ['*.a.>'], ['*.a.>']],
    ['a type twice', { type: [exact('a'), exact('a')] }, ['*.a'], ['*.a']],
    ['nothing', { type: [], source: [exact('/shop')] }, ['none'], ['none']],
    ['nothing, by another attribute', { subject: [] }, ['none'], ['none']],
  ])('asks for what %s needs', (_, attributes, withUnions, withoutUnions) => {
    const narrowing = narrowingOf(attributes);
    const under = (tails: string[]) => tails.map((tail) => `ceb.${broker}.${tail}`);
    expect(filterSubjects(broker, narrowing, recent)).toEqual(under(withUnions));
    expect(filterSubjects(broker, narrowing, old)).toEqual(under(withoutUnions));
  });

  it('multiplies sources and types while that stays few, then lets the sources go', () => {
    const types = ['a', 'b', 'c', 'd'].map(exact);
    const sources = ['/1', '/2', '/3', '/4', '/5'].map(exact);
    const few = filterSubjects(
      broker,
      narrowingOf({ type: types, source: sources.slice(0, 4) }),
      recent,
    );
    expect(few).toHaveLength(16);
    const many = filterSubjects(broker, narrowingOf({ type: types, source: sources }), recent);
    expect(many).toEqual(['a', 'b', 'c', 'd'].map((type) => `ceb.${broker}.*.${type}`));
  });

  it('cuts many types short rather than asking for everything', () => {
    const types = Array.from({ length: 40 }, (_, index) =>
      exact(`com.shop${index % 2}.event${index}`),
    );
    expect(filterSubjects(broker, narrowingOf({ type: types }), recent)).toEqual([
      `ceb.${broker}.*.com.shop0.>`,
      `ceb.${broker}.*.com.shop1.>`,
    ]);
  });
});

const allowed = fc.array(
  fc.record({ kind: fc.constantFrom('exact' as const, 'prefix' as const), value: nastyText() }),
  { maxLength: 25 },
);
const narrowings = fc.record({ type: allowed, source: allowed }, { requiredKeys: [] });

describe('the subjects of any filter', () => {
  it.each([
    ['2.9', old, 1],
    ['2.12', recent, 16],
  ])('are legal, few and apart, on nats-server %s', (_, features, limit) => {
    fc.assert(
      fc.property(narrowings, (attributes) => {
        const subjects = filterSubjects(broker, narrowingOf(attributes), features);
        expect(subjects.length).toBeGreaterThanOrEqual(1);
        expect(subjects.length).toBeLessThanOrEqual(limit);
        for (const subject of subjects) {
          expect(subject).toMatch(/^ceb\.b-1(\.([A-Za-z0-9_=-]+|\*))*(\.>)?$/);
          expect(subject.length).toBeLessThanOrEqual(600);
        }
        for (const [one, other] of pairs(subjects)) expect(overlap(one, other)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['2.9', old],
    ['2.12', recent],
  ])('let every event through that the filter can match, on nats-server %s', (_, features) => {
    fc.assert(
      fc.property(
        narrowings,
        nastyText(),
        nastyText(),
        fc.nat(),
        (attributes, type, source, pick) => {
          const event = {
            type: likely(attributes.type, pick, type),
            source: likely(attributes.source, pick, source),
          };
          const narrowing = narrowingOf(attributes);
          fc.pre(allows(narrowing, event));
          const subject = eventSubject(broker, event);
          const subjects = filterSubjects(broker, narrowing, features);
          expect(subjects.some((pattern) => natsMatches(pattern, subject))).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

/** A value that one of the list allows, if there is one: most random values are allowed by none. */
function likely(list: readonly Allowed[] | undefined, pick: number, other: string): string {
  const chosen = list?.[pick % Math.max(1, list.length)];
  if (chosen === undefined) return other;
  return chosen.kind === 'exact' ? chosen.value : `${chosen.value}${other}`;
}

function allows(narrowing: SubjectNarrowing, event: Readonly<Record<string, string>>): boolean {
  return [...narrowing].every(([attribute, list]) =>
    list.some(({ kind, value }) => {
      const actual = event[attribute] ?? '';
      return kind === 'exact' ? actual === value : actual.startsWith(value);
    }),
  );
}

/** The server's rule: `*` is one token, `>` is one or more at the end. */
function natsMatches(pattern: string, subject: string): boolean {
  const tokens = subject.split('.');
  const wanted = pattern.split('.');
  const isOpen = wanted.at(-1) === '>';
  const fixed = isOpen ? wanted.slice(0, -1) : wanted;
  const hasLength = isOpen ? tokens.length > fixed.length : tokens.length === fixed.length;
  return hasLength && fixed.every((token, index) => token === '*' || token === tokens[index]);
}

/** Whether some subject matches both. */
function overlap(one: string, other: string): boolean {
  const [a, b] = [one.split('.'), other.split('.')];
  for (let index = 0; ; index++) {
    const [x, y] = [a[index], b[index]];
    if (x === undefined && y === undefined) return true;
    if (x === undefined || y === undefined) return false;
    if (x === '>' || y === '>') return true;
    if (x !== y && x !== '*' && y !== '*') return false;
  }
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other): [T, T] => [one, other]));
}
