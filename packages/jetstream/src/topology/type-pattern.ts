import { leadingTokens, typeTokens } from './type-tokens.ts';

/** A set of event types as subject tokens: exactly these tokens, or these and at least one more. */
export interface TypePattern {
  readonly tokens: readonly string[];
  readonly isWhole: boolean;
}

export const anyType: TypePattern = { tokens: [], isWhole: false };

/** The narrowest pattern that every type allowed here is in: a prefix counts up to its last dot. */
export function typePattern(allowed: {
  readonly kind: 'exact' | 'prefix';
  readonly value: string;
}): TypePattern {
  if (allowed.kind === 'exact') return { tokens: typeTokens(allowed.value), isWhole: true };
  const completePieces = allowed.value.split('.').slice(0, -1);
  return { tokens: leadingTokens(completePieces), isWhole: false };
}

/**
 * At most `limit` patterns that include all of the given ones, and none that includes another: the server refuses
 * those. Too many are cut shorter until they fall together.
 */
export function coverWithin(patterns: readonly TypePattern[], limit: number): TypePattern[] {
  let cover = withoutIncluded(patterns);
  let depth = Math.max(...cover.map((pattern) => pattern.tokens.length));
  while (cover.length > limit) {
    depth--;
    const cutDepth = depth;
    cover = withoutIncluded(cover.map((pattern) => cutTo(pattern, cutDepth)));
  }
  return cover;
}

/** Cut below its own length: the pattern of `a.b` at depth 1 is `a.>`. */
function cutTo(pattern: TypePattern, depth: number): TypePattern {
  if (pattern.tokens.length <= depth) return pattern;
  return { tokens: pattern.tokens.slice(0, depth), isWhole: false };
}

function withoutIncluded(patterns: readonly TypePattern[]): TypePattern[] {
  const distinct = [...new Map(patterns.map((p) => [keyOf(p), p])).values()];
  const openKeys = new Set(distinct.filter((p) => !p.isWhole).map(keyOf));
  return distinct.filter((pattern) => !isIncludedIn(pattern, openKeys));
}

function isIncludedIn(pattern: TypePattern, openKeys: ReadonlySet<string>): boolean {
  return pattern.tokens.some((_, length) =>
    openKeys.has(keyOf({ tokens: pattern.tokens.slice(0, length), isWhole: false })),
  );
}

function keyOf(pattern: TypePattern): string {
  return `${pattern.tokens.join('.')}${pattern.isWhole ? '' : '.>'}`;
}
