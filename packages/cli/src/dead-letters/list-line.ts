import type { ParkedEvent } from './parked-event.ts';
import { printable } from './printable.ts';

/** Titles and widths: a longer value moves what follows, it is never cut. */
const columns = [
  ['SEQUENCE', 8],
  ['PARKED', 24],
  ['BROKER', 20],
  ['TRIGGER', 20],
  ['REASON', 17],
  ['ATTEMPTS', 8],
  ['CODE', 4],
  ['TYPE', 20],
  ['SOURCE', 20],
  ['ID', 0],
] as const;

export const listTitle = aligned(columns.map(([title]) => title));

export function listLine(event: ParkedEvent): string {
  const { sequence, parkedAt, broker, trigger, reason, attempts, lastCode } = event;
  const { type, source, id } = event;
  return aligned(
    [sequence, parkedAt, broker, trigger, reason, attempts, lastCode, type, source, id].map(
      (value) => printable(String(value)),
    ),
  );
}

function aligned(values: readonly string[]): string {
  return values.map((value, index) => value.padEnd(columns[index]?.[1] ?? 0)).join('  ');
}
