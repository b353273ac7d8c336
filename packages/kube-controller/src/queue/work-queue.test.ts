import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { WorkQueue } from './work-queue.ts';

const noJitter = { firstBackoffMs: 10, lastBackoffMs: 80, random: () => 0.5 };

describe('WorkQueue', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('hands out keys in the order of their coming, each once however often it was added', async () => {
    const queue = new WorkQueue();
    ['a', 'b', 'a'].forEach((key) => queue.add(key));
    expect(queue.depth).toBe(2);
    expect(await queue.take()).toBe('a');
    expect(await queue.take()).toBe('b');
  });

  it('hands out what changed before what is only looked at again', async () => {
    const queue = new WorkQueue();
    ['old', 'both'].forEach((key) => queue.addBehind(key));
    ['new', 'both'].forEach((key) => queue.add(key));
    queue.addBehind('new');
    expect([await queue.take(), await queue.take(), await queue.take()]).toEqual([
      'new',
      'both',
      'old',
    ]);
    expect(queue.depth).toBe(0);
  });

  it('gives a key to whoever already waits for one', async () => {
    const queue = new WorkQueue();
    const taken = queue.take();
    queue.add('a');
    expect(await taken).toBe('a');
  });

  it('holds back a key in work, and hands it out again when it changed meanwhile', async () => {
    const queue = new WorkQueue();
    queue.add('a');
    await queue.take();
    queue.add('a');
    const next = queue.take();
    const isTaken = jest.fn();
    void next.then(isTaken);
    await jest.advanceTimersByTimeAsync(1000);
    expect(isTaken).not.toHaveBeenCalled();
    queue.done('a');
    expect(await next).toBe('a');
  });

  it('adds after a delay; the shortest of several counts', async () => {
    const queue = new WorkQueue();
    queue.addAfter('a', 500);
    queue.addAfter('a', 100);
    queue.addAfter('a', 900);
    await jest.advanceTimersByTimeAsync(99);
    expect(queue.depth).toBe(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(queue.depth).toBe(1);
  });

  it('doubles the delay with each failure up to a bound, until the key is forgotten', async () => {
    const queue = new WorkQueue(noJitter);
    for (const delayMs of [10, 20, 40, 80, 80]) {
      queue.addRateLimited('a');
      await jest.advanceTimersByTimeAsync(delayMs - 1);
      expect(queue.depth).toBe(0);
      await jest.advanceTimersByTimeAsync(1);
      expect(await queue.take()).toBe('a');
      queue.done('a');
    }
    queue.forget('a');
    queue.addRateLimited('a');
    await jest.advanceTimersByTimeAsync(10);
    expect(queue.depth).toBe(1);
  });

  it('spaces the failures of all keys together', async () => {
    const failures = { burstCount: 2, perSecond: 1 };
    const queue = new WorkQueue({ ...noJitter, lastBackoffMs: 60_000, failures });
    ['a', 'b', 'c', 'd'].forEach((key) => queue.addRateLimited(key));
    await jest.advanceTimersByTimeAsync(10);
    expect(queue.depth).toBe(2);
    await jest.advanceTimersByTimeAsync(990);
    expect(queue.depth).toBe(3);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(queue.depth).toBe(4);
  });

  it('keeps a delay that is longer than a timer can be', async () => {
    const queue = new WorkQueue();
    queue.addAfter('a', 2 ** 40);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(queue.depth).toBe(0);
  });

  it('ends every wait when it is closed, and takes nothing more', async () => {
    const queue = new WorkQueue();
    const waiting = queue.take();
    queue.close();
    queue.add('a');
    expect(await waiting).toBeUndefined();
    expect(await queue.take()).toBeUndefined();
  });
});
