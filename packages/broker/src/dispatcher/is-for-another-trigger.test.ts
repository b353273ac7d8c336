import { describe, expect, it } from '@jest/globals';
import { isForAnotherTrigger } from './is-for-another-trigger.ts';

describe('whom a stored event is for', () => {
  it.each([
    ['an ordinary event', ['ce-id', '1'], false],
    ['a replay for this Trigger', ['ce-id', '1', 'Jetmesh-Replay-For', 'mine'], false],
    ['a replay for another Trigger', ['Jetmesh-Replay-For', 'other'], true],
    ['a value of that text', ['ce-id', 'jetmesh-replay-for'], false],
  ])('%s', (_, headers, expected) => {
    expect(isForAnotherTrigger(headers, 'mine')).toBe(expected);
  });
});
