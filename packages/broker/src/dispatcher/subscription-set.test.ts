import { describe, expect, it } from '@jest/globals';
import type { DesiredSubscription } from './desired-subscription.ts';
import { type RunningSubscription, SubscriptionSet } from './subscription-set.ts';

const desired = (fingerprint: string, parkUpTo = 0) =>
  ({ fingerprint, parkUpTo }) as DesiredSubscription;

/** Records what happens to subscriptions, named `<key> <fingerprint>`; they stop when told so. */
function aSet(replaceGraceMs = 60_000) {
  const log: string[] = [];
  const finish = new Map<string, () => void>();
  const create = (key: string, { fingerprint }: DesiredSubscription): RunningSubscription => {
    const name = `${key} ${fingerprint}`;
    let isStarted = false;
    return {
      start: () => {
        isStarted = true;
        log.push(`start ${name}`);
      },
      stop: () => {
        log.push(`stop ${name}`);
        return isStarted ? new Promise((resolve) => finish.set(name, resolve)) : Promise.resolve();
      },
      parkUpTo: (sequence) => sequence > 0 && log.push(`park ${name} up to ${sequence}`),
      abandon: () => log.push(`abandon ${name}`),
    };
  };
  const set = new SubscriptionSet({ create, replaceGraceMs });
  return { set, log, finish: (name: string) => finish.get(name)?.() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('SubscriptionSet', () => {
  it('starts what is desired and stops what is not any more', () => {
    const { set, log } = aSet();
    set.apply('a', desired('1'));
    set.apply('b', desired('1'));
    set.apply('a', undefined);
    expect(log).toEqual(['start a 1', 'start b 1', 'stop a 1']);
    expect(set.activeCount).toBe(1);
  });

  it('leaves alone what has not changed', () => {
    const { set, log } = aSet();
    set.apply('a', desired('1'));
    set.apply('a', desired('1'));
    set.apply('b', undefined);
    expect(log).toEqual(['start a 1']);
  });

  it('tells what is to be parked to the one that runs, and to its successor', () => {
    const { set, log, finish } = aSet();
    set.apply('a', desired('1'));
    set.apply('a', desired('1', 7));
    set.apply('a', desired('2', 9));
    expect(log).toEqual(['start a 1', 'park a 1 up to 7', 'stop a 1', 'park a 2 up to 9']);
    finish('a 1');
  });

  it('starts a successor when its predecessor has finished', async () => {
    const { set, log, finish } = aSet();
    set.apply('a', desired('1'));
    set.apply('a', desired('2'));
    await turn();
    expect(log).toEqual(['start a 1', 'stop a 1']);
    finish('a 1');
    await turn();
    expect(log).toEqual(['start a 1', 'stop a 1', 'start a 2']);
  });

  it('starts only the newest of several successors, after the one that still delivers', async () => {
    const { set, log, finish } = aSet();
    set.apply('a', desired('1'));
    set.apply('a', desired('2'));
    set.apply('a', desired('3'));
    await turn();
    expect(log).not.toContain('start a 3');
    finish('a 1');
    await turn();
    expect(log).toEqual(['start a 1', 'stop a 1', 'stop a 2', 'start a 3']);
  });

  it('does not wait longer than the grace for a predecessor that hangs', async () => {
    const { set, log } = aSet(1);
    set.apply('a', desired('1'));
    set.apply('a', desired('2'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(log).toContain('start a 2');
  });

  it('gives back at the end what has not finished in time', async () => {
    const { set, log, finish } = aSet();
    set.apply('a', desired('1'));
    set.apply('b', desired('1'));
    const stopped = set.stop(10);
    finish('a 1');
    await stopped;
    expect(log.slice(2)).toEqual(['stop a 1', 'stop b 1', 'abandon b 1']);
  });

  it('ends at once when everything has finished', async () => {
    const { set, log, finish } = aSet();
    set.apply('a', desired('1'));
    const stopped = set.stop(60_000);
    finish('a 1');
    await stopped;
    expect(log).toEqual(['start a 1', 'stop a 1']);
  });
});
