import { describe, expect, it } from '@jest/globals';
import type { ConsumerState } from '@jetmesh/jetstream';
import { DispatcherWatch } from './dispatcher-watch.ts';

describe('DispatcherWatch', () => {
  it('sees a dispatcher whose pull request waits', () => {
    const watch = new DispatcherWatch();
    expect(watch.look('t', 'g1', aConsumer({ numWaiting: 1 }))).toEqual({ kind: 'seen' });
  });

  it('sees a saturated dispatcher by what it took between two looks', () => {
    const watch = new DispatcherWatch();
    const busy = aConsumer({ deliveredConsumerSequence: 7 });
    expect(watch.look('t', 'g1', busy)).toMatchObject({ kind: 'not-yet' });
    expect(watch.look('t', 'g1', busy)).toMatchObject({ kind: 'not-yet' });
    const later = aConsumer({ deliveredConsumerSequence: 8 });
    expect(watch.look('t', 'g1', later)).toEqual({ kind: 'seen' });
  });

  it('starts anew for another generation', () => {
    const watch = new DispatcherWatch();
    watch.look('t', 'g1', aConsumer({}));
    const delivered = aConsumer({ deliveredConsumerSequence: 8 });
    expect(watch.look('t', 'g2', delivered)).toMatchObject({ kind: 'not-yet' });
  });

  it('looks less and less often, but at least every three seconds', () => {
    const watch = new DispatcherWatch();
    const delays = Array.from({ length: 9 }, () => watch.look('t', 'g1', aConsumer({})));
    expect(delays[0]).toEqual({ kind: 'not-yet', nextLookMs: 200 });
    expect(delays[1]).toEqual({ kind: 'not-yet', nextLookMs: 300 });
    expect(delays[8]).toEqual({ kind: 'not-yet', nextLookMs: 3000 });
  });
});

function aConsumer(state: Partial<ConsumerState>): ConsumerState {
  return {
    name: 'C',
    numWaiting: 0,
    numPending: 0,
    numAckPending: 0,
    numRedelivered: 0,
    deliveredConsumerSequence: 0,
    deliveredStreamSequence: 0,
    ackFloorStreamSequence: 0,
    filterSubjects: [],
    ...state,
  };
}
