import { celValue, type CelValue } from '../cel/cel-value.ts';
import { listOr, objectOr, textOr, type JsonObject } from '../json/json-value.ts';
import type { KubeObject } from '../object/kube-object.ts';
import { anything } from '../schema/structural-schema.ts';
import { authorizer, policyEnvironment } from './policy-environment.ts';
import { requestFields, type PolicyRequest } from './policy-request.ts';

export interface PolicyDenial {
  readonly message: string;
  /** A reason of the API, such as Invalid or Forbidden. */
  readonly reason: string;
}

type Context = Record<string, unknown>;

/** The first validation of a policy that a write does not meet; undefined when it meets all, or none is for it. */
export function judgePolicy(policy: KubeObject, request: PolicyRequest): PolicyDenial | undefined {
  const spec = objectOr(policy.spec);
  const context = contextOf(request);
  try {
    if (!listOr(spec.matchConditions).every((one) => isTrue(objectOr(one), context))) return;
    context.variables = variablesOf(spec, context);
  } catch (error) {
    return failed(spec, error);
  }
  for (const validation of listOr(spec.validations).map(objectOr)) {
    const denial = judge(spec, validation, context);
    if (denial !== undefined) return denial;
  }
  return undefined;
}

function contextOf(request: PolicyRequest): Context {
  const { object, oldObject, namespaceObject } = request;
  const seen = (value: KubeObject | undefined): CelValue =>
    value === undefined ? null : celValue(value, anything);
  return {
    object: seen(object),
    oldObject: seen(oldObject),
    namespaceObject: seen(namespaceObject),
    request: celValue(requestFields(request), anything),
    params: null,
    authorizer,
  };
}

/** Each may use those before it. */
function variablesOf(spec: JsonObject, context: Context): Context {
  const variables: Context = {};
  for (const { name, expression } of listOr(spec.variables).map(objectOr)) {
    variables[textOr(name, '')] = evaluate(textOr(expression, ''), { ...context, variables });
  }
  return variables;
}

function judge(
  spec: JsonObject,
  validation: JsonObject,
  context: Context,
): PolicyDenial | undefined {
  const { expression, message, messageExpression, reason } = validation;
  try {
    if (isTrue(validation, context)) return undefined;
    const computed =
      messageExpression === undefined
        ? undefined
        : evaluate(textOr(messageExpression, ''), context);
    const fixed = textOr(message, `failed expression: ${textOr(expression, '')}`);
    return {
      message: typeof computed === 'string' ? computed : fixed.trim(),
      reason: textOr(reason, 'Invalid'),
    };
  } catch (error) {
    return failed(spec, error);
  }
}

/** `failurePolicy`: an expression that fails denies, unless it says Ignore. */
function failed({ failurePolicy }: JsonObject, error: unknown): PolicyDenial | undefined {
  if (failurePolicy === 'Ignore') return undefined;
  const text = (error as Error).message.split('\n')[0] ?? '';
  return { message: `expression resulted in error: ${text}`, reason: 'Invalid' };
}

function isTrue({ expression }: JsonObject, context: Context): boolean {
  return evaluate(textOr(expression, ''), context) === true;
}

type Run = (context: Context) => unknown;
const compiled = new Map<string, Run>();
const mostCompiled = 1_000;

function evaluate(expression: string, context: Context): unknown {
  let run = compiled.get(expression);
  if (run === undefined) {
    if (compiled.size >= mostCompiled) compiled.clear();
    run = policyEnvironment().parse(expression) as Run;
    compiled.set(expression, run);
  }
  return run(context);
}
