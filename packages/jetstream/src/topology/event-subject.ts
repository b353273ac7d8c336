import { brokerKey } from './names.ts';
import { sourceToken } from './source-token.ts';
import { TwoGenerationCache } from './two-generation-cache.ts';
import { typeTokens } from './type-tokens.ts';

const longestCachedType = 512;
const typeTails = new TwoGenerationCache<string>(2048);

/** `ceb.<broker>.<source bucket>.<type…>`: legal for any event, and never longer than 600 bytes. */
export function eventSubject(
  brokerUid: string,
  event: { readonly type: string; readonly source: string },
): string {
  return `ceb.${brokerKey(brokerUid)}.${sourceToken(event.source)}.${typeTail(event.type)}`;
}

/** All subjects of a Broker's events. */
export function brokerSubjects(brokerUid: string): string {
  return `ceb.${brokerKey(brokerUid)}.>`;
}

function typeTail(type: string): string {
  return type.length > longestCachedType ? tailOf(type) : typeTails.get(type, tailOf);
}

function tailOf(type: string): string {
  return typeTokens(type).join('.');
}
