import { describe, expect, it } from '@jest/globals';
import { conformanceTests } from './conformance-tests.ts';

describe('a title of the conformance suite', () => {
  const read = (text: string) => conformanceTests('some.test.ts', text);

  it.each([
    ["it('DP-1 LX-22 One | two', run)", ['DP-1', 'LX-22'], 'One | two', true],
    ["it.todo('RO-10 Three')", ['RO-10'], 'Three', false],
    ["it.each([1, 'b'])('DE-1 Is %s, not %s', run)", ['DE-1'], 'Is 1, b, not %s', true],
    ["it.each([['a', 1], [2, 3]] as const)('DE-1 Is %i', run)", ['DE-1'], 'Is a, 2', true],
    ['it.each(cases)(`DE-1 Is %i`, run)', ['DE-1'], 'Is …', true],
    ["describe('x', () => { it('ES-1 In', run); })", ['ES-1'], 'In', true],
  ])('is read from %s', (text, ids, sentence, isWritten) => {
    expect(read(text)).toEqual([{ ids, sentence, isWritten }]);
  });

  it.each([
    "it('has no number', run)",
    "expect('DP-1 is no test')",
    "describe('DP-1 neither', run)",
  ])('is not read from %s', (text) => expect(read(text)).toEqual([]));
});
