import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../object/kube-object.ts';
import type { PrinterColumn } from '../registry/resource.ts';
import { tableOf } from './table-of.ts';

const now = new Date('2026-01-01T00:01:00Z');
const object: KubeObject = {
  apiVersion: 'v1',
  kind: 'Thing',
  metadata: { name: 'a', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { text: 'x', list: ['a', 'b'], number: 1.5, flag: true, map: { a: 1 } },
};

function cell(type: string, value: PrinterColumn['value']): unknown {
  const options = {
    columns: [{ name: 'C', type, value }],
    metadata: {},
    include: 'None',
    now,
  } as const;
  const { rows } = tableOf([object], options) as { rows: { cells: unknown[] }[] };
  return rows[0]?.cells[0];
}

describe('tableOf', () => {
  it.each([
    ['string', '.spec.text', 'x'],
    ['string', '.spec.list[*]', 'a b'],
    ['string', '.spec.map', '{"a":1}'],
    ['string', '.spec.none', null],
    ['integer', '.spec.number', 1],
    ['integer', '.spec.text', null],
    ['number', '.spec.number', 1.5],
    ['boolean', '.spec.flag', true],
    ['date', '.metadata.creationTimestamp', '60s'],
    ['date', '.spec.text', '<invalid>'],
    ['date', '.spec.none', null],
    ['string', () => 'computed', 'computed'],
  ])('shows a column of type %s at %p', (type, value, expected) => {
    expect(cell(type, value)).toBe(expected);
  });

  it.each([
    ['None', undefined],
    ['Metadata', 'PartialObjectMetadata'],
    ['Object', 'Thing'],
  ] as const)('includes with each row: %s', (include, kind) => {
    const table = tableOf([object], { columns: [], metadata: {}, include, now });
    const { rows } = table as { rows: { object?: { kind: string } }[] };
    expect(rows[0]?.object?.kind).toBe(kind);
  });

  it('describes its columns unless it follows another Table', () => {
    const columns: PrinterColumn[] = [
      { name: 'C', type: 'string', value: '.spec.text', priority: 1 },
    ];
    const options = { columns, metadata: {}, include: 'None', now } as const;
    expect(tableOf([], options)).toMatchObject({
      columnDefinitions: [{ name: 'C', type: 'string', priority: 1 }],
    });
    expect(tableOf([], { ...options, hasHeader: false })).toMatchObject({
      columnDefinitions: null,
    });
  });
});
