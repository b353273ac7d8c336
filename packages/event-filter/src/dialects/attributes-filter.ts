import { attributeReader, isPlainAttribute } from '../attribute-reader.ts';
import { compiled, type CompileResult } from '../compile-result.ts';
import type { AllowedValue } from '../narrowing/narrowing.ts';
import { readAttributeMap } from './attribute-map.ts';

/**
 * The older `spec.filter.attributes`: every attribute equals its value, and an empty value means one that is there and
 * not empty. Without attributes everything matches.
 */
export function compileAttributesFilter(map: unknown, path: string): CompileResult {
  const reading = readAttributeMap(map, path);
  if (reading.kind === 'invalid') return reading;
  const terms = reading.entries.map(([name, value]) => ({ read: attributeReader(name), value }));
  const exact = reading.entries.filter(([name, value]) => value !== '' && isPlainAttribute(name));
  const allowed = exact.map(([name, value]): [string, AllowedValue[]] => [
    name,
    [{ kind: 'exact', value }],
  ]);
  return compiled({
    narrowing: new Map(allowed),
    matches: (attributes) =>
      terms.every(({ read, value }) => {
        const actual = read(attributes);
        return value === '' ? actual !== undefined && actual !== '' : actual === value;
      }),
  });
}
