import { describe, expect, it } from '@jest/globals';
import { parkUpToOf, parkUpToText } from './park-up-to.ts';

const told = (text?: string) => ({
  status: text === undefined ? {} : { annotations: { 'jetmesh.dev/park-up-to': text } },
});

describe('parkUpToOf', () => {
  it('reads what the controller wrote', () => {
    expect(parkUpToOf(told(parkUpToText('STREAM', 42)), 'STREAM')).toBe(42);
  });

  it.each([undefined, '', 'STREAM', 'STREAM/', 'STREAM/x', 'OTHER/42', '42'])(
    'is nothing for %j',
    (text) => {
      expect(parkUpToOf(told(text), 'STREAM')).toBe(0);
    },
  );
});
