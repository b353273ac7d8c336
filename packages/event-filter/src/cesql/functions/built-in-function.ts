import type { Failure } from '../values/failure.ts';
import type { Value, ValueOf, ValueType } from '../values/value.ts';

/** A parameter of type `any` takes every value without a cast. */
export type ParameterType = ValueType | 'any';

type ArgumentOf<Type extends ParameterType> = Type extends ValueType ? ValueOf[Type] : Value;

/** One function of one arity; a name can have several. */
export interface BuiltInFunction {
  readonly name: string;
  readonly parameters: readonly ParameterType[];
  /** The type of any number of further arguments; undefined where there are none. */
  readonly rest: ParameterType | undefined;
  readonly result: ValueType;
  /** Invariant: called with as many arguments as declared, each of its type. */
  call(values: readonly Value[]): Value | Failure;
}

interface Signature<Parameters extends readonly ParameterType[], Result extends ValueType> {
  readonly parameters: Parameters;
  readonly result: Result;
}

type Arguments<Parameters extends readonly ParameterType[]> = {
  -readonly [Index in keyof Parameters]: ArgumentOf<Parameters[Index]>;
};

/** Declares a function of a fixed arity; types of arguments follow from the signature. */
export function builtInFunction<
  const Parameters extends readonly ParameterType[],
  Result extends ValueType,
>(
  name: string,
  { parameters, result }: Signature<Parameters, Result>,
  body: (...values: Arguments<Parameters>) => ValueOf[Result] | Failure,
): BuiltInFunction {
  const call = (values: readonly Value[]) => body(...(values as Arguments<Parameters>));
  return { name, parameters, rest: undefined, result, call };
}
