import type { Optional } from '@marcbachmann/cel-js';
import type { ValidationRule } from '../schema/structural-schema.ts';
import { celEnvironment } from './cel-environment.ts';
import type { CelValue } from './cel-value.ts';

export interface CompiledRule {
  readonly rule: ValidationRule;
  readonly usesOldSelf: boolean;
  readonly evaluate: (context: RuleContext) => RuleOutcome;
  /** Text for a failure: from the message expression if there is one and it gives text. */
  readonly messageFor: (context: RuleContext) => string;
}

export interface RuleContext {
  readonly self: CelValue;
  readonly oldSelf: CelValue | Optional | undefined;
}

export type RuleOutcome =
  | { readonly kind: 'held' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'error'; readonly message: string };

export type RuleCompilation =
  | { readonly kind: 'compiled'; readonly compiled: CompiledRule }
  | { readonly kind: 'invalid'; readonly message: string };

export function compileRule(rule: ValidationRule): RuleCompilation {
  const program = compileExpression(rule.rule);
  if (program.kind === 'invalid') return program;
  const message = compileExpression(rule.messageExpression ?? "''");
  if (message.kind === 'invalid') return message;
  return {
    kind: 'compiled',
    compiled: {
      rule,
      usesOldSelf: /\boldSelf\b/.test(withoutTexts(rule.rule)),
      evaluate: (context) => outcomeOf(program.run, context),
      messageFor: (context) => messageOf(rule, message.run, context),
    },
  };
}

/** The default message names the rule. */
export function ruleTitle({ rule, message }: ValidationRule): string {
  return (message ?? rule).trim();
}

type Run = (context: Record<string, unknown>) => unknown;
type Expression =
  | { readonly kind: 'compiled'; readonly run: Run }
  | { readonly kind: 'invalid'; readonly message: string };

function compileExpression(text: string): Expression {
  try {
    const run = celEnvironment().parse(text);
    const { valid, error } = run.check();
    if (!valid) return { kind: 'invalid', message: error?.message ?? 'it does not compile' };
    return { kind: 'compiled', run: run as Run };
  } catch (error) {
    return { kind: 'invalid', message: (error as Error).message };
  }
}

function outcomeOf(run: Run, context: RuleContext): RuleOutcome {
  try {
    return run({ ...context }) === true ? { kind: 'held' } : { kind: 'failed' };
  } catch (error) {
    return { kind: 'error', message: (error as Error).message.split('\n')[0] ?? '' };
  }
}

function messageOf(rule: ValidationRule, run: Run, context: RuleContext): string {
  try {
    const text = run({ ...context });
    if (typeof text === 'string' && text.trim() !== '' && !text.includes('\n')) return text;
  } catch {
    // An expression that fails gives way to the fixed message.
  }
  return rule.message === undefined ? `failed rule: ${ruleTitle(rule)}` : ruleTitle(rule);
}

function withoutTexts(expression: string): string {
  return expression.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
}
