import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { silentLogger } from '../logger.ts';
import { SerialWorker } from './serial-worker.ts';

describe('SerialWorker', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const settled = () => jest.advanceTimersByTimeAsync(0);

  it('works keys off one after another, each once while it waits', async () => {
    const log: string[] = [];
    const worker = new SerialWorker(silentLogger, async (key) => {
      log.push(`${key} starts`);
      await Promise.resolve();
      log.push(`${key} ends`);
    });
    for (const key of ['a', 'b', 'a', 'b']) worker.add(key);
    await settled();
    expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
  });

  it('takes a key again that comes while it is worked on', async () => {
    let count = 0;
    const worker = new SerialWorker(silentLogger, (key) => {
      count += 1;
      if (count === 1) worker.add(key);
      return Promise.resolve();
    });
    worker.add('a');
    await settled();
    expect(count).toBe(2);
  });

  it('tries a key again later that failed, and goes on with the others', async () => {
    const log: string[] = [];
    const worker = new SerialWorker(silentLogger, (key) => {
      log.push(key);
      return log.length === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve();
    });
    worker.add('a');
    worker.add('b');
    await settled();
    expect(log).toEqual(['a', 'b']);
    await jest.advanceTimersByTimeAsync(1000);
    expect(log).toEqual(['a', 'b', 'a']);
  });

  it('does nothing more once it is closed', async () => {
    const log: string[] = [];
    const worker = new SerialWorker(silentLogger, (key) => {
      log.push(key);
      return Promise.reject(new Error('never'));
    });
    worker.add('a');
    await settled();
    await worker.close();
    worker.add('b');
    await jest.advanceTimersByTimeAsync(5000);
    expect(log).toEqual(['a']);
  });
});
