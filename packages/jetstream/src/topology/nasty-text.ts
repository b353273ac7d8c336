import fc from 'fast-check';

/** Text for tests, of the characters and lengths that break subjects. */
export function nastyText(): fc.Arbitrary<string> {
  const unit = fc.constantFrom(
    'a',
    'b',
    '.',
    '*',
    '>',
    ' ',
    '=',
    '-',
    '_',
    'é',
    'H',
    '2',
    '\t',
    '😀',
  );
  return fc.oneof(
    { weight: 6, arbitrary: fc.string({ unit, maxLength: 12 }) },
    { weight: 2, arbitrary: fc.string({ unit, maxLength: 200 }) },
    {
      weight: 1,
      arbitrary: fc.string({
        unit: fc.constantFrom('a', '.', 'é'),
        minLength: 60,
        maxLength: 2_000,
      }),
    },
    { weight: 1, arbitrary: fc.string({ maxLength: 50 }) },
  );
}
