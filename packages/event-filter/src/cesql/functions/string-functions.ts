import { countCharacters, sliceCharacters } from '../values/characters.ts';
import { failure, type Failure } from '../values/failure.ts';
import { trimWhiteSpace } from '../values/trim-white-space.ts';
import { builtInFunction, type BuiltInFunction } from './built-in-function.ts';

const noSubstring = failure('function-evaluation', '');
const textToText = { parameters: ['string'], result: 'string' } as const;
const part = { parameters: ['string', 'integer'], result: 'string' } as const;

export const stringFunctions: readonly BuiltInFunction[] = [
  builtInFunction('LENGTH', { parameters: ['string'], result: 'integer' }, countCharacters),
  builtInFunction('LOWER', textToText, (text) => text.toLowerCase()),
  builtInFunction('UPPER', textToText, (text) => text.toUpperCase()),
  builtInFunction('TRIM', textToText, trimWhiteSpace),
  builtInFunction('LEFT', part, (text, count) =>
    count < 0 ? failure('function-evaluation', text) : sliceCharacters(text, 0, count),
  ),
  builtInFunction('RIGHT', part, (text, count) =>
    count < 0 ? failure('function-evaluation', text) : right(text, count),
  ),
  builtInFunction('SUBSTRING', part, (text, position) => substring(text, position, Infinity)),
  builtInFunction(
    'SUBSTRING',
    { parameters: ['string', 'integer', 'integer'], result: 'string' },
    substring,
  ),
  {
    name: 'CONCAT',
    parameters: [],
    rest: 'string',
    result: 'string',
    call: (texts) => texts.join(''),
  },
  {
    name: 'CONCAT_WS',
    parameters: ['string'],
    rest: 'string',
    result: 'string',
    call: ([delimiter, ...texts]) => texts.join(String(delimiter)),
  },
];

function right(text: string, count: number): string {
  const length = countCharacters(text);
  return sliceCharacters(text, Math.max(0, length - count), length);
}

/** Positions begin at 1; a negative one counts from the end, and 0 is before everything. */
function substring(text: string, position: number, count: number): string | Failure {
  const length = countCharacters(text);
  if (Math.abs(position) > length || count < 0) return noSubstring;
  if (position === 0) return '';
  const start = position > 0 ? position - 1 : length + position;
  return sliceCharacters(text, start, start + count);
}
