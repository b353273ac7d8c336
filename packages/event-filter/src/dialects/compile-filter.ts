import { invalid, type CompileResult } from '../compile-result.ts';
import { all } from './all.ts';
import { any } from './any.ts';
import { cesql } from './cesql.ts';
import type { Dialect } from './dialect.ts';
import { exact } from './exact.ts';
import { not } from './not.ts';
import { prefix } from './prefix.ts';
import { suffix } from './suffix.ts';

const dialects: ReadonlyMap<string, Dialect> = new Map([
  ['all', all],
  ['any', any],
  ['cesql', cesql],
  ['exact', exact],
  ['not', not],
  ['prefix', prefix],
  ['suffix', suffix],
]);

/** Deeper than anybody writes, and far from what the stack can hold. */
const maxDepth = 64;

/** Compiles one element of `spec.filters`, which has exactly one dialect set. */
export function compileFilter(filter: unknown, path: string, depth = 0): CompileResult {
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) {
    return invalid({ path, message: 'expected a filter' });
  }
  if (depth >= maxDepth) return invalid({ path, message: `nested more than ${maxDepth} deep` });
  const set = Object.entries(filter as Record<string, unknown>).filter(([, body]) => isSet(body));
  const [only, ...others] = set;
  if (only === undefined) return invalid({ path, message: 'expected exactly one, got neither' });
  if (others.length > 0) return invalid({ path, message: multipleDialects });
  const [name, body] = only;
  const place = { path: `${path}.${name}`, compileNested: nestedAt(depth + 1) };
  const dialect = dialects.get(name);
  return dialect === undefined
    ? invalid({ path: place.path, message: 'unknown dialect' })
    : dialect(body, place);
}

const multipleDialects = 'multiple dialects found, filters can have only one dialect set';

/** The API server drops nulls in places that it knows, and keeps them inside nested filters. */
function isSet(body: unknown): boolean {
  return body !== undefined && body !== null;
}

function nestedAt(depth: number) {
  return (filter: unknown, path: string) => compileFilter(filter, path, depth);
}
