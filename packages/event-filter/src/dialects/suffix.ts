import { compiled } from '../compile-result.ts';
import { readFilledAttributeMap } from './attribute-map.ts';
import { compareAttributes, type Comparison } from './compare-attributes.ts';
import type { Dialect } from './dialect.ts';

const comparison: Comparison = {
  compare: (actual, expected) => actual.endsWith(expected),
  allowed: () => undefined,
};

/** Every attribute ends with its value, which says nothing about how it begins. */
export const suffix: Dialect = (body, { path }) => {
  const reading = readFilledAttributeMap(body, path);
  if (reading.kind === 'invalid') return reading;
  return compiled(compareAttributes(reading.entries, comparison));
};
