import { describe, expect, it } from '@jest/globals';
import { checkDeliveries } from './check-deliveries.ts';

const delivery = (id: string, subscriber: string) => ({ id, subscriber });

describe('checkDeliveries', () => {
  it('finds nothing when each came once, in any order', () => {
    const expected = [delivery('1', 'a'), delivery('1', 'b')];
    expect(checkDeliveries(expected, [...expected].reverse())).toEqual({
      missing: [],
      surplus: [],
    });
  });

  it('names what is missing', () => {
    const expected = [delivery('1', 'a'), delivery('2', 'a')];
    const { missing } = checkDeliveries(expected, [delivery('2', 'a')]);
    expect(missing).toEqual([delivery('1', 'a')]);
  });

  it('counts a second delivery, and one to the wrong subscriber, as surplus', () => {
    const { surplus } = checkDeliveries(
      [delivery('1', 'a')],
      [delivery('1', 'a'), delivery('1', 'a'), delivery('1', 'b')],
    );
    expect(surplus).toEqual([delivery('1', 'a'), delivery('1', 'b')]);
  });
});
