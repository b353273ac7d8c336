import { describe, expect, it } from '@jest/globals';
import { ExclusiveSubscription } from './exclusive-subscription.ts';
import type { UnsettledBacklog } from './take-over.ts';

/** An exclusive subscription whose claim and deliveries the test plays. */
function anExclusive() {
  const log: string[] = [];
  let tell: (isHeld: boolean) => void = () => undefined;
  let finish: () => void = () => undefined;
  let answer: (backlog: UnsettledBacklog | undefined) => void = () => undefined;
  let count = 0;
  const subscription = new ExclusiveSubscription({
    key: 'k',
    registry: {
      claim: (key, onHeld) => {
        log.push(`claim ${key}`);
        tell = onHeld;
        return {
          release: () => {
            log.push('release');
            return Promise.resolve();
          },
        };
      },
    },
    requests: { abortAll: () => log.push('abort requests') },
    readBacklog: () => new Promise((resolve) => (answer = resolve)),
    create: (backlog) => {
      count += 1;
      const name = `${count}`;
      return {
        start: () => log.push(`start ${name} behind ${backlog?.count ?? 'nothing'}`),
        parkUpTo: (sequence) => sequence > 0 && log.push(`park ${name} up to ${sequence}`),
        stop: () => {
          log.push(`stop ${name}`);
          return new Promise((resolve) => (finish = resolve));
        },
        abandon: () => log.push(`abandon ${name}`),
      };
    },
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    subscription,
    log,
    turn,
    tell: (isHeld: boolean) => tell(isHeld),
    finish: () => finish(),
    answer: async (backlog?: UnsettledBacklog) => {
      answer(backlog);
      await turn();
    },
  };
}

describe('ExclusiveSubscription', () => {
  it('delivers only while it holds its claim, behind what another one left', async () => {
    const { subscription, log, tell, answer } = anExclusive();
    subscription.start();
    expect(log).toEqual(['claim k']);
    tell(true);
    await answer({ upToSequence: 9, count: 3 });
    expect(log.slice(1)).toEqual(['start 1 behind 3']);
    tell(false);
    expect(log.slice(2)).toEqual(['stop 1', 'abort requests', 'abandon 1']);
    tell(true);
    await answer();
    expect(log.slice(5)).toEqual(['start 2 behind nothing']);
  });

  it('does not begin when it lost the claim before it knew what was left', async () => {
    const { subscription, log, tell, answer } = anExclusive();
    subscription.start();
    tell(true);
    tell(false);
    await answer();
    expect(log).toEqual(['claim k']);
  });

  it('releases the claim when nothing is open any more', async () => {
    const { subscription, log, tell, answer, finish, turn } = anExclusive();
    subscription.start();
    tell(true);
    await answer();
    void subscription.stop();
    await turn();
    expect(log.slice(2)).toEqual(['stop 1']);
    finish();
    await turn();
    expect(log.slice(3)).toEqual(['release']);
  });

  it('ends the requests that are open before it gives their events back', async () => {
    const { subscription, log, tell, answer } = anExclusive();
    subscription.start();
    tell(true);
    await answer();
    void subscription.stop();
    subscription.abandon();
    expect(log.slice(2)).toEqual(['stop 1', 'abort requests', 'abandon 1']);
  });

  it('hands on what is to be parked, also to what begins later', async () => {
    const { subscription, log, tell, answer } = anExclusive();
    subscription.start();
    subscription.parkUpTo(7);
    tell(true);
    await answer();
    expect(log.slice(1)).toEqual(['park 1 up to 7', 'start 1 behind nothing']);
    subscription.parkUpTo(9);
    expect(log.slice(3)).toEqual(['park 1 up to 9']);
  });

  it('never claims once it has been stopped', async () => {
    const { subscription, log } = anExclusive();
    await subscription.stop();
    subscription.start();
    expect(log).toEqual([]);
  });
});
