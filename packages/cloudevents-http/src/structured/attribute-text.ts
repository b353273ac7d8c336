import { nameProblem } from '../validation/name-problem.ts';
import { textProblem } from '../validation/text-problem.ts';

/** Attributes that are text of some kind in the specification; only extensions may be numbers and booleans. */
const textOnly: ReadonlySet<string> = new Set([
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'datacontenttype',
  'dataschema',
  'schemaurl',
  'datacontentencoding',
]);

const maxInteger = 2 ** 31 - 1;
const minInteger = -(2 ** 31);

/** The rule that a value breaks. */
interface BrokenRule {
  readonly rule: string;
}

/**
 * The canonical text of an attribute's JSON value (spec, type system); undefined for null, which is as good as absent
 * (JSON format §2.2).
 */
export function attributeText(name: string, value: unknown): string | undefined | BrokenRule {
  const isTextOnly = textOnly.has(name);
  const rule = isTextOnly ? undefined : nameProblem(name);
  if (rule !== undefined) return { rule };
  if (typeof value === 'string') return brokenRuleOf(value) ?? value;
  if (value === null) return undefined;
  return isTextOnly ? { rule: 'must be a string' } : extensionText(value);
}

function brokenRuleOf(text: string): BrokenRule | undefined {
  const rule = textProblem(text);
  return rule === undefined ? undefined : { rule };
}

function extensionText(value: unknown): string | BrokenRule {
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return { rule: 'must be a string, a number or a boolean' };
  const isInteger = Number.isInteger(value) && value >= minInteger && value <= maxInteger;
  return isInteger
    ? String(value)
    : { rule: `must be a whole number from ${minInteger} to ${maxInteger}, or a string` };
}
