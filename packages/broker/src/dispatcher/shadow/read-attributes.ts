/** The attributes of an event as the ingress wrote them; undefined for anything else. */
export function readAttributes(text: string): ReadonlyMap<string, string> | undefined {
  const parsed = parse(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const entries = Object.entries(parsed);
  const isText = entries.every((entry): entry is [string, string] => typeof entry[1] === 'string');
  return isText ? new Map(entries) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
