import type { FilterProblem } from '../compile-result.ts';

export type AttributeEntry = readonly [name: string, value: string];

export type AttributeMapReading =
  | { readonly kind: 'read'; readonly entries: readonly AttributeEntry[] }
  | { readonly kind: 'invalid'; readonly problems: FilterProblem[] };

/** Reads a map from attribute names to text; what comes from inside a nested filter can be anything. */
export function readAttributeMap(map: unknown, path: string): AttributeMapReading {
  if (typeof map !== 'object' || map === null || Array.isArray(map)) {
    return { kind: 'invalid', problems: [{ path, message: 'expected a map of attributes' }] };
  }
  const members = Object.entries(map as Record<string, unknown>);
  const problems = members.flatMap(([name, value]) => problemsOf(name, value, `${path}[${name}]`));
  if (problems.length > 0) return { kind: 'invalid', problems };
  return { kind: 'read', entries: members.map(([name, value]) => [name, String(value)]) };
}

/** The same for the dialects of `filters`, where a map or a value that is empty would say nothing. */
export function readFilledAttributeMap(map: unknown, path: string): AttributeMapReading {
  const reading = readAttributeMap(map, path);
  if (reading.kind === 'invalid') return reading;
  const problems = reading.entries
    .filter(([, value]) => value === '')
    .map(([name]) => ({ path: `${path}[${name}]`, message: 'invalid value: must not be empty' }));
  if (reading.entries.length === 0) {
    problems.push({ path, message: 'expected at least one, got none' });
  }
  return problems.length > 0 ? { kind: 'invalid', problems } : reading;
}

function problemsOf(name: string, value: unknown, path: string): FilterProblem[] {
  if (!/^[a-z][a-z0-9]*$/.test(name)) return [{ path, message: `invalid key name "${name}"` }];
  return typeof value === 'string' ? [] : [{ path, message: 'invalid value: must be a string' }];
}
