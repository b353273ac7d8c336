import { describe, expect, it } from '@jest/globals';
import { eventMessageId } from './event-message-id.ts';

const event = (source: string, id: string, more: Record<string, string> = {}) => ({
  attributes: new Map(Object.entries({ source, id, ...more })),
  data: undefined,
});

describe('eventMessageId', () => {
  const original = eventMessageId('broker', event('/s', '1'));

  it('is the same for source and id alone', () => {
    expect(eventMessageId('broker', event('/s', '1', { type: 'other' }))).toBe(original);
  });

  it.each([
    ['another Broker', eventMessageId('other', event('/s', '1'))],
    ['another source', eventMessageId('broker', event('/t', '1'))],
    ['another id', eventMessageId('broker', event('/s', '2'))],
    ['characters on the other side', eventMessageId('broker', event('/s","1', ''))],
  ])('differs for %s', (_case, id) => {
    expect(id).not.toBe(original);
  });
});
