import type { Attributes } from '../../attributes.ts';
import type { BuiltInFunction } from '../functions/built-in-function.ts';
import { findFunction } from '../functions/find-function.ts';
import { failure, passOn, type Failure } from '../values/failure.ts';
import { zeroOf, type Value } from '../values/value.ts';
import { castTo } from './cast-to.ts';
import type { CompiledExpression, Evaluate } from './compiled-expression.ts';

const noFunction = failure('missing-function', false);

/** A function that nobody knows is an error of the evaluation and not of the language (CESQL §3.5). */
export function compileCall(
  name: string,
  values: readonly CompiledExpression[],
): CompiledExpression {
  const builtIn = findFunction(name, values.length);
  if (builtIn === undefined) return { type: 'boolean', evaluate: () => noFunction };
  const evaluateArguments = values.map((value, index) => castArgument(builtIn, value, index));
  const evaluate = (attributes: Attributes): Value | Failure => {
    const results: Value[] = [];
    for (const evaluateArgument of evaluateArguments) {
      const result = evaluateArgument(attributes);
      if (typeof result === 'object') return passOn(result, zeroOf[builtIn.result]);
      results.push(result);
    }
    return builtIn.call(results);
  };
  return { type: builtIn.result, evaluate } as CompiledExpression;
}

function castArgument(
  { parameters, rest }: BuiltInFunction,
  value: CompiledExpression,
  index: number,
): Evaluate<Value> {
  const type = parameters[index] ?? rest ?? 'any';
  return type === 'any' ? value.evaluate : castTo(type, value);
}
