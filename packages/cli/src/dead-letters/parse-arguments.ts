import { InvalidArgumentError } from 'commander';

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

export function parseKey(word: string): string {
  if (/^[^/\s]+\/[^/\s]+$/.test(word)) return word;
  throw new InvalidArgumentError('expected NAMESPACE/NAME');
}

/** Milliseconds of a duration such as 90s, 15m, 6h or 2d. */
export function parseSince(word: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(word) ?? [];
  const ms = unitMs[unit];
  if (ms !== undefined) return Number(count) * ms;
  throw new InvalidArgumentError('expected a duration such as 90s, 15m, 6h or 2d');
}

export function parseSequence(word: string): number {
  const sequence = Number(word);
  if (/^\d+$/.test(word) && sequence > 0 && Number.isSafeInteger(sequence)) return sequence;
  throw new InvalidArgumentError('expected a sequence, as the list shows it');
}
