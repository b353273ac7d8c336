import { isPrintableAscii } from '../headers/is-printable-ascii.ts';

/** Why CloudEvents' type String does not allow a text (spec §3, type system); undefined when it does. */
export function textProblem(text: string): string | undefined {
  if (isPrintableAscii(text)) return undefined;
  if (/[\0-\x1f\x7f-\x9f]/.test(text)) return 'must not have control characters';
  if (/\p{Surrogate}/u.test(text)) return 'must be valid Unicode, without lone surrogates';
  if (/\p{Noncharacter_Code_Point}/u.test(text)) return 'must not have Unicode noncharacters';
  return undefined;
}
