import { describe, expect, it } from '@jest/globals';
import { ShadowTally } from './shadow-tally.ts';

const event = (type: string, more: Record<string, string> = {}) =>
  new Map(Object.entries({ source: 'commerce', type, ...more }));

describe('ShadowTally', () => {
  it('counts by Broker, source, type, version and Trigger', () => {
    const tally = new ShadowTally(10);
    tally.add('shop/default', event('a', { eventtypeversion: 'v1' }), ['shop/x', 'shop/y']);
    tally.add('shop/default', event('a', { eventtypeversion: 'v1' }), ['shop/x']);
    tally.add('shop/default', event('a'), []);
    tally.add('kyma-system/event-bus', event('a'), ['kyma-system/x']);
    tally.add('shop/default', event('a', { source: 'other' }), ['shop/x']);
    const commerce = { source: 'commerce', type: 'a' };
    expect(tally.ofSource('commerce')).toEqual([
      {
        ...commerce,
        broker: 'shop/default',
        version: 'v1',
        count: 2,
        triggers: { 'shop/x': 2, 'shop/y': 1 },
      },
      { ...commerce, broker: 'shop/default', version: '', count: 1, triggers: {} },
      {
        ...commerce,
        broker: 'kyma-system/event-bus',
        version: '',
        count: 1,
        triggers: { 'kyma-system/x': 1 },
      },
    ]);
  });

  it('goes on counting known kinds when there is no room for more', () => {
    const tally = new ShadowTally(1);
    tally.add('b', event('known'), []);
    tally.add('b', event('new'), ['t']);
    tally.add('b', event('known'), []);
    expect(tally.ofSource('commerce')).toMatchObject([{ type: 'known', count: 2 }]);
    expect(tally.uncountedCount).toBe(1);
  });
});
