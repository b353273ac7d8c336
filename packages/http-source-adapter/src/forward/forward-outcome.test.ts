import { describe, expect, it } from '@jest/globals';
import { combinedOutcome, outcomeOfAnswer, type ForwardOutcome } from './forward-outcome.ts';

const stored: ForwardOutcome = { kind: 'stored' };
const full: ForwardOutcome = { kind: 'full', detail: 'a' };
const tooLarge: ForwardOutcome = { kind: 'too-large', detail: 'b' };
const deadline: ForwardOutcome = { kind: 'deadline', detail: 'c' };

describe('outcomeOfAnswer', () => {
  it.each([
    [200, 'stored'],
    [202, 'stored'],
    [299, 'stored'],
    [302, 'refused'],
    [400, 'refused'],
    [404, 'no-broker'],
    [413, 'too-large'],
    [429, 'refused'],
    [500, 'refused'],
    [503, 'unavailable'],
    [507, 'full'],
  ])('reads %i as %s', (status, kind) => {
    expect(outcomeOfAnswer('shop/default', status, undefined)).toMatchObject({ kind });
  });

  it("keeps the Broker's Retry-After", () => {
    const outcome = outcomeOfAnswer('shop/default', 503, '7');
    expect(outcome).toEqual({
      kind: 'unavailable',
      detail: 'Broker "shop/default" answered 503',
      retryAfter: '7',
    });
  });
});

describe('combinedOutcome', () => {
  it.each([
    [[], stored],
    [[stored, stored], stored],
    [[stored, deadline], deadline],
    [[deadline, full, stored], full],
    [[tooLarge, full], full],
  ])('of %j is %j', (outcomes, combined) => {
    expect(combinedOutcome(outcomes)).toEqual(combined);
  });
});
