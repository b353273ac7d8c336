import { describe, expect, it } from '@jest/globals';
import { missingLine, readTutorial } from './read-tutorial.ts';

const tutorial = `# Title

\`\`\`
for readers
\`\`\`

\`\`\`sh
one
two
\`\`\`

Words.

\`\`\`text
out … put
\`\`\`

\`\`\`sh
three
\`\`\`
`;

describe('readTutorial', () => {
  it('finds commands and what they print', () => {
    expect(readTutorial(tutorial)).toEqual([
      { commands: 'one\ntwo\n', expected: ['out … put'] },
      { commands: 'three\n', expected: [] },
    ]);
  });
});

describe('missingLine', () => {
  it.each([
    ['a\nb\nc', ['a', 'c'], undefined],
    ['a\nb', ['b', 'a'], 'a'],
    ['a 12 b', ['a … b'], undefined],
    ['a.b', ['a.b'], undefined],
    ['axb', ['a.b'], 'a.b'],
    ['ab', ['a'], 'a'],
    ['a', ['a', 'a'], 'a'],
  ])('in %j of %j is %j', (output, expected, missing) => {
    expect(missingLine(output, expected)).toBe(missing);
  });
});
