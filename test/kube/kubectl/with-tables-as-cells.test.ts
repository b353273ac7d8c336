import { describe, expect, it } from '@jest/globals';
import { withTablesAsCells } from './with-tables-as-cells.ts';

describe('withTablesAsCells', () => {
  it('keeps empty cells in their columns', () => {
    const table = 'NAME     SUBSCRIBER_URI   LAST SEEN\norders                    5s\n';
    expect(withTablesAsCells(table)).toBe('NAME|SUBSCRIBER_URI|LAST SEEN\norders||5s\n');
  });

  it('ends a table at an empty line, and leaves other text alone', () => {
    const text = 'NAME   AGE\na      1s\n\nName:   a  b\n';
    expect(withTablesAsCells(text)).toBe('NAME|AGE\na|1s\n\nName:   a  b\n');
  });
});
