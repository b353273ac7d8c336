import { describe, expect, it } from '@jest/globals';
import type { SubscriptionsFilter } from '@jetmesh/eventing-api';
import { compileFilters, type FilterSpec } from './compile-filters.ts';

const event = {
  specversion: '1.0',
  id: '1',
  type: 'com.example.created',
  source: '/apps/commerce',
  subject: '',
  schemaurl: 'http://schemas/1',
  datacontenttype: 'Application/JSON; charset=utf-8',
  region: 'eu-west',
};

function matches(spec: FilterSpec, attributes: Record<string, string> = event): boolean {
  const result = compileFilters(spec);
  if (result.kind === 'invalid') throw new Error(JSON.stringify(result.problems));
  return result.filter.matches(new Map(Object.entries(attributes)));
}

describe('spec.filter.attributes', () => {
  it.each<[Record<string, string>, boolean]>([
    [{}, true],
    [{ type: 'com.example.created' }, true],
    [{ type: 'com.example.Created' }, false],
    [{ type: 'com.example.created', source: '/apps/commerce' }, true],
    [{ type: 'com.example.created', source: '/apps' }, false],
    [{ nothing: 'x' }, false],
    [{ type: '' }, true],
    [{ nothing: '' }, false],
    [{ subject: '' }, false],
    [{ time: '' }, false],
    [{ dataschema: 'http://schemas/1' }, true],
    [{ datamediatype: 'application/json' }, true],
  ])('%j: %s', (attributes, isMatch) => {
    expect(matches({ filter: { attributes } })).toBe(isMatch);
  });

  it('matches everything when there is no filter', () => {
    expect(matches({})).toBe(true);
    expect(matches({ filter: {} })).toBe(true);
    expect(matches({ filters: [] })).toBe(true);
  });
});

describe('spec.filters', () => {
  const created: SubscriptionsFilter = { exact: { type: 'com.example.created' } };
  const commerce: SubscriptionsFilter = { suffix: { source: 'commerce' } };
  const other: SubscriptionsFilter = { exact: { type: 'other' } };

  it.each<[SubscriptionsFilter[], boolean]>([
    [[created], true],
    [[other], false],
    [[created, commerce], true],
    [[created, other], false],
    [[{ exact: { type: 'com.example.created', region: 'us' } }], false],
    [[{ prefix: { type: 'com.' } }], true],
    [[{ prefix: { type: 'com.', region: 'us' } }], false],
    [[{ prefix: { nothing: 'x' } }], false],
    [[{ suffix: { type: '.created' } }], true],
    [[{ suffix: { nothing: 'x' } }], false],
    [[{ all: [created, commerce] }], true],
    [[{ all: [created, other] }], false],
    [[{ any: [other, commerce] }], true],
    [[{ any: [other] }], false],
    [[{ not: other }], true],
    [[{ not: created }], false],
    [[{ not: { exact: { nothing: 'x' } } }], true],
    [[{ not: { not: { all: [{ any: [other, created] }, { not: other }] } } }], true],
    [[{ cesql: "type LIKE '%.created' AND region IN ('eu-west')" }], true],
    [[{ cesql: "type LIKE '%.deleted'" }], false],
    [[{ cesql: 'EXISTS nothing' }], false],
    [[{ cesql: "nothing = 'x' OR TRUE" }], false],
    [[{ cesql: "TRUE OR nothing = 'x'" }], true],
    [[{ cesql: 'region' }], false],
    [[{ cesql: '1' }], false],
    [[{ cesql: "'true'" }], false],
    [[{ not: { cesql: "nothing = 'x'" } }], true],
    [[{ exact: { schemaurl: 'http://schemas/1' } }], true],
    [[{ prefix: { dataschema: 'http://' } }], true],
    [[{ suffix: { datamediatype: '/json' } }], true],
  ])('%j: %s', (filters, isMatch) => {
    expect(matches({ filters })).toBe(isMatch);
  });

  it('wins over spec.filter when it has elements', () => {
    expect(matches({ filter: { attributes: { type: 'other' } }, filters: [created] })).toBe(true);
    expect(matches({ filter: { attributes: { type: 'other' } }, filters: [] })).toBe(false);
  });

  it('finds a schema by either name, first by the one that is asked for', () => {
    const both = { dataschema: 'http://new', schemaurl: 'http://old' };
    expect(matches({ filters: [{ exact: { dataschema: 'http://new' } }] }, both)).toBe(true);
    expect(matches({ filters: [{ exact: { schemaurl: 'http://old' } }] }, both)).toBe(true);
  });
});

describe('an invalid filter', () => {
  const multiple = 'multiple dialects found, filters can have only one dialect set';
  const empty = 'invalid value: must not be empty';
  const missing = 'expected at least one, got none';

  it.each<[unknown, [path: string, message: string][]]>([
    [{ exact: { Type: 'x' } }, [['exact[Type]', 'invalid key name "Type"']]],
    [{ prefix: { 's pace s': 'x' } }, [['prefix[s pace s]', 'invalid key name "s pace s"']]],
    [{ suffix: { '123': 'x' } }, [['suffix[123]', 'invalid key name "123"']]],
    [{ exact: { '': 'x' } }, [['exact[]', 'invalid key name ""']]],
    [{ exact: { '😀': 'x' } }, [['exact[😀]', 'invalid key name "😀"']]],
    [{ exact: { type: '', id: '1' } }, [['exact[type]', empty]]],
    [{ prefix: { type: '' } }, [['prefix[type]', empty]]],
    [{ suffix: { type: '' } }, [['suffix[type]', empty]]],
    [{ exact: { type: 5 } }, [['exact[type]', 'invalid value: must be a string']]],
    [{ exact: {} }, [['exact', missing]]],
    [{ prefix: {} }, [['prefix', missing]]],
    [{ suffix: {} }, [['suffix', missing]]],
    [{ exact: 'type' }, [['exact', 'expected a map of attributes']]],
    [{ exact: ['type'] }, [['exact', 'expected a map of attributes']]],
    [{ all: [] }, [['all', missing]]],
    [{ any: [] }, [['any', missing]]],
    [{ any: { exact: { type: 'x' } } }, [['any', 'expected a list of filters']]],
    [{ all: ['x'] }, [['all[0]', 'expected a filter']]],
    [{ not: [] }, [['not', 'expected a filter']]],
    [{ not: {} }, [['not', 'expected exactly one, got neither']]],
    [
      { all: [{ any: [{ not: { exact: { A: 'x' } } }] }] },
      [['all[0].any[0].not.exact[A]', 'invalid key name "A"']],
    ],
    [
      { any: [{ exact: { A: 'x' } }, {}] },
      [
        ['any[0].exact[A]', 'invalid key name "A"'],
        ['any[1]', 'expected exactly one, got neither'],
      ],
    ],
    [{ regex: { type: '.*' } }, [['regex', 'unknown dialect']]],
    [{ cesql: 5 }, [['cesql', 'invalid value: must be a string']]],
  ])('%j', (filter, problems) => {
    expect(compileFilters({ filters: [filter as SubscriptionsFilter] })).toEqual({
      kind: 'invalid',
      problems: problems.map(([path, message]) => ({ path: `spec.filters[0].${path}`, message })),
    });
  });

  it.each<[unknown, string]>([
    [{}, 'expected exactly one, got neither'],
    [{ exact: null }, 'expected exactly one, got neither'],
    [null, 'expected a filter'],
    ['type', 'expected a filter'],
    [{ exact: { type: 'x' }, suffix: { type: 'x' } }, multiple],
    [{ exact: { type: 'x' }, suffix: {} }, multiple],
    [{ exact: { type: 'x' }, regex: {} }, multiple],
  ])('%j as a whole', (filter, message) => {
    const problems = [{ path: 'spec.filters[0]', message }];
    const result = compileFilters({ filters: [filter as SubscriptionsFilter] });
    expect(result).toEqual({ kind: 'invalid', problems });
  });

  it('is named in spec.filter as well, also where that is not used', () => {
    const filter = { attributes: { Type: 'x', id: '1', source_: '' } };
    const problems = [
      { path: 'spec.filter.attributes[Type]', message: 'invalid key name "Type"' },
      { path: 'spec.filter.attributes[source_]', message: 'invalid key name "source_"' },
    ];
    expect(compileFilters({ filter })).toEqual({ kind: 'invalid', problems });
    const both = compileFilters({ filter, filters: [{ all: [] }] });
    expect(both).toEqual({
      kind: 'invalid',
      problems: [...problems, { path: 'spec.filters[0].all', message: missing }],
    });
  });

  it('of CESQL has the place in the expression', () => {
    expect(compileFilters({ filters: [{ cesql: 'type = ' }] })).toEqual({
      kind: 'invalid',
      problems: [
        {
          path: 'spec.filters[0].cesql',
          message: 'invalid value: type = : expected a value, found the end',
          position: 7,
        },
      ],
    });
  });

  it('of CESQL that is long is quoted in part', () => {
    const result = compileFilters({ filters: [{ cesql: `type = ${'('.repeat(300)}` }] });
    const message = result.kind === 'invalid' ? result.problems[0]?.message : '';
    expect(message).toMatch(/^invalid value: type = \(+…: expected a value, found the end$/);
  });

  it('may be nested deeper than the stack is', () => {
    let filter: SubscriptionsFilter = { exact: { type: 'x' } };
    for (let depth = 0; depth < 100_000; depth += 1) filter = { not: filter };
    const result = compileFilters({ filters: [filter] });
    expect(result).toMatchObject({ problems: [{ message: 'nested more than 64 deep' }] });
  });
});
