/** At least two headings in capitals, three blanks apart. */
const header = /^[A-Z][A-Z0-9_()/-]*(?: [A-Z]+)*(?: {2,}[A-Z][A-Z0-9_()/-]*(?: [A-Z]+)*)+ *$/;

/** The same text with every table row, whose widths depend on ages and addresses, as `cell|cell`. */
export function withTablesAsCells(text: string): string {
  let starts: number[] = [];
  const lines = text.split('\n').map((line) => {
    if (line === '') starts = [];
    else if (header.test(line)) starts = columnStarts(line);
    return starts.length === 0 ? line : cells(line, starts).join('|');
  });
  return lines.join('\n');
}

function columnStarts(line: string): number[] {
  return [...line.matchAll(/(?<=^| {2})\S/g)].map(({ index }) => index);
}

function cells(line: string, starts: readonly number[]): string[] {
  return starts.map((start, column) => line.slice(start, starts[column + 1]).trim());
}
