import { cast } from '../values/cast.ts';
import { passOn } from '../values/failure.ts';
import { zeroOf, type ValueOf, type ValueType } from '../values/value.ts';
import type { CompiledExpression, Evaluate } from './compiled-expression.ts';

/** The expression with its values cast to a type; free where they have it already. */
export function castTo<Type extends ValueType>(
  type: Type,
  expression: CompiledExpression,
): Evaluate<ValueOf[Type]> {
  const evaluate: Evaluate<ValueOf[ValueType]> = expression.evaluate;
  if (expression.type === type) return evaluate as Evaluate<ValueOf[Type]>;
  const convert = cast[type];
  const casting: Evaluate<ValueOf[ValueType]> = (attributes) => {
    const value = evaluate(attributes);
    return typeof value === 'object' ? passOn(value, zeroOf[type]) : convert(value);
  };
  return casting as Evaluate<ValueOf[Type]>;
}
