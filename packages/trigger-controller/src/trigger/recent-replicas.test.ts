import { expect, it } from '@jest/globals';
import { RecentReplicas } from './recent-replicas.ts';

it('asks once for several within its time, and anew after it', async () => {
  let askedCount = 0;
  let nowMs = 1_000;
  const list = () => Promise.resolve([{ id: 'd', seenTriggers: String(++askedCount) }]);
  const replicas = new RecentReplicas({ list }, 100, () => nowMs);
  const first = await replicas.list();
  nowMs += 99;
  expect(await replicas.list()).toBe(first);
  nowMs += 1;
  expect(await replicas.list()).toEqual([{ id: 'd', seenTriggers: '2' }]);
});
