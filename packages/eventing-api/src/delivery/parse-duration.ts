const unitMs = { Y: 31_536_000_000, M: 2_592_000_000, W: 604_800_000, D: 86_400_000 };
const timeUnitMs = { H: 3_600_000, M: 60_000, S: 1_000 };

const grammar = /^P(?=.)((?:\d+(?:[.,]\d+)?[YMWD])*)(?:T((?:\d+(?:[.,]\d+)?[HMS])+))?$/;

/** Milliseconds of an ISO 8601 duration such as `PT0.2S` or `P1DT2H`; undefined when it is none. A year has 365 days, a month 30. */
export function parseDurationMs(iso: string): number | undefined {
  const parts = grammar.exec(iso);
  if (parts === null) return undefined;
  return sum(parts[1] ?? '', unitMs) + sum(parts[2] ?? '', timeUnitMs);
}

function sum(part: string, units: Readonly<Record<string, number>>): number {
  let total = 0;
  for (const [, amount = '', unit = ''] of part.matchAll(/([\d.,]+)([A-Z])/g)) {
    total += Number(amount.replace(',', '.')) * (units[unit] ?? Number.NaN);
  }
  return total;
}
