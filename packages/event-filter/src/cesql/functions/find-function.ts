import type { BuiltInFunction } from './built-in-function.ts';
import { castingFunctions } from './casting-functions.ts';
import { mathFunctions } from './math-functions.ts';
import { stringFunctions } from './string-functions.ts';

const functions = [...stringFunctions, ...mathFunctions, ...castingFunctions];

/** The function of that name, in capitals, that takes so many arguments. */
export function findFunction(name: string, argumentCount: number): BuiltInFunction | undefined {
  return functions.find(
    ({ name: candidate, parameters, rest }) =>
      candidate === name &&
      (rest === undefined
        ? parameters.length === argumentCount
        : parameters.length <= argumentCount),
  );
}
