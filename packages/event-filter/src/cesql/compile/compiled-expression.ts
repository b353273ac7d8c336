import type { Attributes } from '../../attributes.ts';
import type { Failure } from '../values/failure.ts';
import type { Value, ValueOf, ValueType } from '../values/value.ts';

export type Evaluate<Result extends Value> = (attributes: Attributes) => Result | Failure;

/** A closure, and the type of its values: attributes are text here, so every type is known before any event. */
export type CompiledExpression = {
  [Type in ValueType]: { readonly type: Type; readonly evaluate: Evaluate<ValueOf[Type]> };
}[ValueType];
