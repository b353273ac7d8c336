import { isDeepStrictEqual } from 'node:util';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The wanted fields that the server has otherwise. It leaves out what is empty, and it adds keys of its own to
 * metadata: neither is a difference.
 */
export function changedFields(current: Fields, wanted: Fields): string[] {
  return Object.keys(wanted).filter((field) => !isAsWanted(current[field], wanted[field]));
}

function isAsWanted(current: unknown, wanted: unknown): boolean {
  if (isFields(wanted)) {
    const known = isFields(current) ? current : {};
    return changedFields(known, wanted).length === 0;
  }
  return isDeepStrictEqual(current ?? emptyLike(wanted), wanted);
}

function emptyLike(wanted: unknown): unknown {
  if (typeof wanted === 'number') return 0;
  if (typeof wanted === 'string') return '';
  return Array.isArray(wanted) ? [] : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
