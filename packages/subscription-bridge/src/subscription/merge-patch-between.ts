/** Any JSON value. */
type Json = unknown;

/** The JSON merge patch (RFC 7396) that turns `before` into `after`; undefined when they are equal. */
export function mergePatchBetween(before: Json, after: Json): Json {
  if (!isObject(before) || !isObject(after)) {
    return JSON.stringify(before) === JSON.stringify(after) || isSameList(before, after)
      ? undefined
      : (after ?? null);
  }
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changes = [...names].map(
    (name) => [name, mergePatchBetween(before[name], after[name])] as const,
  );
  const different = changes.filter(([, change]) => change !== undefined);
  return different.length === 0 ? undefined : Object.fromEntries(different);
}

/** Elements may spell their members in another order: they are equal when no patch is between them. */
function isSameList(before: Json, after: Json): boolean {
  return (
    Array.isArray(before) &&
    Array.isArray(after) &&
    before.length === after.length &&
    before.every((element, index) => mergePatchBetween(element, after[index]) === undefined)
  );
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
