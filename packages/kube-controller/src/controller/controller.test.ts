import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { Controller, TerminalError, type ControllerOptions } from './controller.ts';

const silent = { debug: jest.fn(), info: jest.fn(), warn: jest.fn(), error: jest.fn() };
const running: AbortController[] = [];

function start(options: Partial<ControllerOptions> & Pick<ControllerOptions, 'reconcile'>) {
  const controller = new Controller({ name: 'test', workerCount: 2, logger: silent, ...options });
  const abort = new AbortController();
  running.push(abort);
  controller.start(abort.signal);
  return controller;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(5);
}

afterEach(() => running.splice(0).forEach((abort) => abort.abort()));

describe('Controller', () => {
  it('reconciles each key, and again after an error', async () => {
    const keys: string[] = [];
    const results: string[] = [];
    const { queue } = start({
      reconcile: (key) => {
        keys.push(key);
        return keys.length === 1
          ? Promise.reject(new Error('once'))
          : Promise.resolve({ kind: 'done' });
      },
      onReconciled: ({ result }) => results.push(result),
    });
    queue.add('a');
    await until(() => results.length === 2);
    expect(keys).toEqual(['a', 'a']);
    expect(results).toEqual(['error', 'done']);
  });

  it('does not try a terminal error again', async () => {
    let callCount = 0;
    const { queue } = start({
      reconcile: () => {
        callCount += 1;
        return Promise.reject(new TerminalError('for good'));
      },
    });
    queue.add('a');
    await delay(100);
    expect(callCount).toBe(1);
  });

  it('comes back after the delay that a reconcile asks for', async () => {
    const times: number[] = [];
    const { queue } = start({
      reconcile: () => {
        times.push(performance.now());
        return Promise.resolve(
          times.length === 1 ? { kind: 'requeue-after', delayMs: 50 } : { kind: 'done' },
        );
      },
    });
    queue.add('a');
    await until(() => times.length === 2);
    expect(times[1]! - times[0]!).toBeGreaterThan(45);
  });

  it('looks at an object again after the resync time, but not at one that is gone', async () => {
    const keys: string[] = [];
    const { queue } = start({
      resyncMs: 20,
      reconcile: (key) => {
        keys.push(key);
        return Promise.resolve(key === 'gone' ? { kind: 'gone' } : { kind: 'done' });
      },
    });
    queue.add('gone');
    queue.add('kept');
    await until(() => keys.filter((key) => key === 'kept').length === 3);
    expect(keys.filter((key) => key === 'gone')).toHaveLength(1);
  });

  it('aborts a reconcile that takes too long, goes on with others, and tries it again once it has ended', async () => {
    const seen: string[] = [];
    const { queue } = start({
      workerCount: 1,
      reconcileTimeoutMs: 20,
      reconcile: (key, signal) => {
        seen.push(`${key} starts`);
        if (key === 'other' || seen.includes('slow ends')) return Promise.resolve({ kind: 'done' });
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            setTimeout(() => {
              seen.push('slow ends');
              reject(new Error('aborted'));
            }, 30);
          });
        });
      },
    });
    queue.add('slow');
    queue.add('other');
    await until(() => seen.length === 4);
    expect(seen).toEqual(['slow starts', 'other starts', 'slow ends', 'slow starts']);
  });

  it('waits for the work in hand when it stops', async () => {
    let isDone = false;
    const controller = start({
      reconcile: async () => {
        await delay(50);
        isDone = true;
        return { kind: 'done' };
      },
    });
    controller.queue.add('a');
    await delay(10);
    await controller.stop();
    expect(isDone).toBe(true);
  });
});
