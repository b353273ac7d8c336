import { describe, expect, it } from '@jest/globals';
import { type ConsumerState, JetStreamAdminError } from '@jetmesh/jetstream';
import { readBacklog } from './read-backlog.ts';

const place = { stream: 's', consumer: 'c' };

/** A consumer that shows these counts of unsettled messages, one a look; `away` fails, `gone` is none. */
function read(looks: (number | 'away' | 'gone')[], signal = new AbortController().signal) {
  const admin = {
    consumerState: () => {
      const look = looks.length > 1 ? looks.shift() : looks[0];
      if (look === 'away') return Promise.reject(new JetStreamAdminError('timeout', 'away'));
      if (look === 'gone' || look === undefined) return Promise.resolve(undefined);
      const state: Partial<ConsumerState> = { deliveredStreamSequence: 9, numAckPending: look };
      return Promise.resolve(state as ConsumerState);
    },
  };
  return readBacklog(admin, place, signal);
}

describe('readBacklog', () => {
  it.each([
    ['has left nothing', [0], { upToSequence: 9, count: 0 }],
    ['has left something', [3, 3], { upToSequence: 9, count: 3 }],
    ['is still acknowledging', [3, 2, 1, 1], { upToSequence: 9, count: 1 }],
    ['was last seen before NATS went away', [3, 'away', 3, 3], { upToSequence: 9, count: 3 }],
    ['had a consumer that is gone', ['gone'], undefined],
  ] as [string, (number | 'away' | 'gone')[], object | undefined][])(
    'waits until all is known of a predecessor that %s',
    async (_case, looks, expected) => {
      expect(await read(looks)).toEqual(expected);
    },
  );

  it('ends when nobody needs it any more', async () => {
    expect(await read(['away'], AbortSignal.timeout(50))).toBeUndefined();
  });
});
