import { describe, expect, it, jest } from '@jest/globals';
import { ForwardFailureLog } from './forward-failure-log.ts';

describe('ForwardFailureLog', () => {
  it('logs the first of a kind at once, and the next after a pause with the number left out', () => {
    const warn = jest.fn<(message: string, fields?: object) => void>();
    let now = 0;
    const log = new ForwardFailureLog({ warn }, () => now);
    const add = (kind: 'full' | 'deadline') => log.add({ kind, detail: 'x' });
    add('full');
    add('full');
    add('deadline');
    now = 9_999;
    add('full');
    now = 10_000;
    add('full');
    expect(warn.mock.calls.map(([, fields]) => fields)).toEqual([
      { kind: 'full', detail: 'x', leftOutCount: 0 },
      { kind: 'deadline', detail: 'x', leftOutCount: 0 },
      { kind: 'full', detail: 'x', leftOutCount: 2 },
    ]);
  });
});
