import { describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { WriteQueue } from './write-queue.ts';

describe('WriteQueue', () => {
  it('runs writes one after another, failed ones included', async () => {
    const queue = new WriteQueue(10);
    const log: string[] = [];
    const write = (name: string) => async () => {
      log.push(`${name} starts`);
      await turn();
      log.push(`${name} ends`);
      if (name === 'b') throw new Error(name);
    };
    const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => queue.run(write(name))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  });

  it('refuses with 429 what would wait beyond its bound', async () => {
    const queue = new WriteQueue(1);
    const first = queue.run(() => turn());
    await expect(queue.run(() => turn())).rejects.toMatchObject({ httpCode: 429 });
    await first;
    await queue.drained();
    await expect(queue.run(() => turn())).resolves.toBeUndefined();
  });
});
