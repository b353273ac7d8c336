import { failure } from '../values/failure.ts';
import { maxInteger, minInteger } from '../values/value.ts';
import { builtInFunction, type BuiltInFunction } from './built-in-function.ts';

const tooGreat = failure('math', maxInteger);

export const mathFunctions: readonly BuiltInFunction[] = [
  builtInFunction('ABS', { parameters: ['integer'], result: 'integer' }, (x) =>
    x === minInteger ? tooGreat : Math.abs(x),
  ),
];
