import { describe, expect, it } from '@jest/globals';
import { compileFilters, type FilterSpec } from '@jetmesh/event-filter';
import fc from 'fast-check';
import { MemberIndex } from './member-index.ts';

function aMember(spec: FilterSpec) {
  const compiled = compileFilters(spec);
  if (compiled.kind === 'invalid') throw new Error('The filter of this test does not compile');
  return { filter: compiled.filter };
}

function anEvent(type: string, source = '/s') {
  return new Map([
    ['type', type],
    ['source', source],
  ]);
}

const exact = (type: string) => aMember({ filters: [{ exact: { type } }] });

describe('MemberIndex', () => {
  it('finds those that want the type, those that want the source, and those that want more than it can file', () => {
    const index = new MemberIndex();
    const [a, b] = [exact('a'), exact('b')];
    const bySource = aMember({ filters: [{ exact: { source: '/s' } }] });
    const byPrefix = aMember({ filters: [{ prefix: { type: 'a' } }] });
    const everything = aMember({});
    for (const member of [a, b, bySource, byPrefix, everything]) index.add(member);
    expect(new Set(index.matching(anEvent('a')))).toEqual(
      new Set([a, bySource, byPrefix, everything]),
    );
    expect(new Set(index.matching(anEvent('b', '/t')))).toEqual(new Set([b, everything]));
  });

  it('asks the whole filter of those that it finds', () => {
    const index = new MemberIndex();
    index.add(aMember({ filters: [{ exact: { type: 'a' } }, { exact: { source: '/other' } }] }));
    expect(index.matching(anEvent('a'))).toEqual([]);
  });

  it('forgets who has left, and no one else', () => {
    const index = new MemberIndex();
    const [one, other] = [exact('a'), exact('a')];
    index.add(one);
    index.add(other);
    index.remove(one);
    expect(index.matching(anEvent('a'))).toEqual([other]);
    index.remove(other);
    expect(index.matching(anEvent('a'))).toEqual([]);
  });

  it('finds, for any filters and event, exactly those whose filter matches', () => {
    const value = fc.constantFrom('a', 'ab', 'b', 'c');
    const term = fc.oneof(
      value.map((type) => ({ exact: { type } })),
      value.map((source) => ({ exact: { source } })),
      value.map((type) => ({ prefix: { type } })),
      value.map((type) => ({ not: { exact: { type } } })),
      fc
        .tuple(value, value)
        .map(([a, b]) => ({ any: [{ exact: { type: a } }, { exact: { type: b } }] })),
    );
    const filters = fc.array(fc.array(term, { maxLength: 3 }), { maxLength: 8 });
    fc.assert(
      fc.property(filters, value, value, (specs, type, source) => {
        const members = specs.map((spec) => aMember({ filters: spec }));
        const index = new MemberIndex<(typeof members)[number]>();
        for (const member of members) index.add(member);
        const event = anEvent(type, source);
        const expected = members.filter(({ filter }) => filter.matches(event));
        expect(new Set(index.matching(event))).toEqual(new Set(expected));
      }),
    );
  });
});
