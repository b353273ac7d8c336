import { cast } from '../values/cast.ts';
import { builtInFunction, type BuiltInFunction } from './built-in-function.ts';

/** Casts that are written out, and the questions whether they would succeed. */
export const castingFunctions: readonly BuiltInFunction[] = [
  builtInFunction('INT', { parameters: ['any'], result: 'integer' }, cast.integer),
  builtInFunction('BOOL', { parameters: ['any'], result: 'boolean' }, cast.boolean),
  builtInFunction('STRING', { parameters: ['any'], result: 'string' }, cast.string),
  builtInFunction(
    'IS_INT',
    { parameters: ['any'], result: 'boolean' },
    (value) => typeof cast.integer(value) === 'number',
  ),
  builtInFunction(
    'IS_BOOL',
    { parameters: ['any'], result: 'boolean' },
    (value) => typeof cast.boolean(value) === 'boolean',
  ),
];
