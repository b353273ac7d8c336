import { compiled } from '../compile-result.ts';
import { readFilledAttributeMap } from './attribute-map.ts';
import { compareAttributes, type Comparison } from './compare-attributes.ts';
import type { Dialect } from './dialect.ts';

const comparison: Comparison = {
  compare: (actual, expected) => actual.startsWith(expected),
  allowed: (value) => ({ kind: 'prefix', value }),
};

/** Every attribute starts with its value. */
export const prefix: Dialect = (body, { path }) => {
  const reading = readFilledAttributeMap(body, path);
  if (reading.kind === 'invalid') return reading;
  return compiled(compareAttributes(reading.entries, comparison));
};
