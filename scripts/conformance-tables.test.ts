import { describe, expect, it } from '@jest/globals';
import { statementTables, summary } from './conformance-tables.ts';
import type { ConformanceTest } from './conformance-tests.ts';

const counts = { CP: 8, TL: 8, AD: 5, RO: 9, DE: 8, RF: 10, ES: 6, DP: 17, LX: 21 };
const ids = Object.entries(counts).flatMap(([prefix, count]) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`),
);

function aTest(changes: Partial<ConformanceTest> = {}): ConformanceTest {
  return { ids, sentence: 'All', isWritten: true, ...changes };
}

describe('the tables of the conformance suite', () => {
  it('need a test or a todo for every statement', () => {
    const some = [aTest({ ids: ids.filter((id) => id !== 'DP-7') })];
    expect(() => statementTables(some)).toThrow('Neither a test nor a todo: DP-7');
    expect(() => summary(some)).toThrow('Neither a test nor a todo: DP-7');
  });

  it('know no other statements', () => {
    expect(() => summary([aTest(), aTest({ ids: ['LX-22'] })])).toThrow('statement: LX-22');
  });

  it('have a row for a test in each section that it belongs to, in the order of numbers', () => {
    const tables = statementTables([
      aTest(),
      aTest({ ids: ['DE-2', 'RO-9'], sentence: 'One | two' }),
    ]);
    expect(tables).toMatch(
      /RO-1 RO-2 .* RO-9 \| All \| tested \|\n\| RO-9 \| One \\\| two \| tested \|/,
    );
    expect(tables).toContain('| DE-2 | One \\| two | tested |');
  });

  it('count what is tested, in part, and not yet, and name what is not', () => {
    const tests = [
      aTest({ ids: ids.filter((id) => id !== 'AD-1') }),
      aTest({ ids: ['AD-1', 'AD-2'], sentence: 'Later', isWritten: false }),
    ];
    const text = summary(tests);
    expect(text).toContain('| Destinations | 5 | 3 | 1 | 1 |');
    expect(text).toContain('| all | 92 | 90 | 1 | 1 |');
    expect(text).toContain('- Not yet: Later (AD-1, AD-2).');
  });
});
