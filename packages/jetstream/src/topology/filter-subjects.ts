import type { ServerFeatures } from '../connection/server-features.ts';
import { brokerKey } from './names.ts';
import { sourceToken } from './source-token.ts';
import type { SubjectNarrowing } from './subject-narrowing.ts';
import { anyType, coverWithin, typePattern, type TypePattern } from './type-pattern.ts';

/** Each one is a search of its own for the server, and a Trigger with more wishes wants most events anyway. */
const maxFilterSubjects = 16;

/**
 * The subjects that a Trigger's consumer asks for: every event that the narrowing allows is on one of them, and none
 * overlaps another. What they let through too much, the compiled filter sorts out.
 */
export function filterSubjects(
  brokerUid: string,
  narrowing: SubjectNarrowing,
  features: ServerFeatures,
): string[] {
  const root = `ceb.${brokerKey(brokerUid)}`;
  // An event subject has at least four tokens: nothing is ever published to this one.
  if ([...narrowing.values()].some((allowed) => allowed.length === 0)) return [`${root}.none`];
  const limit = features.filterUnions ? maxFilterSubjects : 1;
  const types = coverWithin(narrowing.get('type')?.map(typePattern) ?? [anyType], limit);
  const sources = sourceTokens(narrowing.get('source'));
  const usedSources = sources.length * types.length <= limit ? sources : ['*'];
  return usedSources.flatMap((source) => types.map((type) => subject(root, source, type)));
}

/** A prefix says nothing about the bucket. */
function sourceTokens(allowed: ReturnType<SubjectNarrowing['get']>): string[] {
  if (allowed === undefined || allowed.some(({ kind }) => kind === 'prefix')) return ['*'];
  return [...new Set(allowed.map(({ value }) => sourceToken(value)))].sort();
}

function subject(root: string, source: string, type: TypePattern): string {
  if (source === '*' && type.tokens.length === 0) return `${root}.>`;
  const tokens = [root, source, ...type.tokens];
  return (type.isWhole ? tokens : [...tokens, '>']).join('.');
}
