/**
 * The JSON merge patch (RFC 7386) that turns `before` into `after`; undefined when they are equal. Keys that `after` does
 * not have become null; arrays are replaced whole.
 */
export function mergePatchOf(before: unknown, after: object): object | undefined {
  const patch: Record<string, unknown> = {};
  const old = isRecord(before) ? before : {};
  const next = after as Record<string, unknown>;
  for (const key of Object.keys(old)) {
    if (next[key] === undefined) patch[key] = null;
  }
  for (const [key, value] of Object.entries(next)) {
    const change = changeOf(old[key], value);
    if (change !== undefined) patch[key] = change;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

function changeOf(before: unknown, after: unknown): unknown {
  if (isRecord(after) && isRecord(before)) return mergePatchOf(before, after);
  return isEqual(before, after) ? undefined : after;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
  }
  if (isRecord(a) && isRecord(b)) return mergePatchOf(a, b) === undefined;
  return a === b;
}
