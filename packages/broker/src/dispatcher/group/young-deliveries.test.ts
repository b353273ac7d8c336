import { expect, it } from '@jest/globals';
import { YoungDeliveries } from './young-deliveries.ts';

it('counts what is open, until it ends or has been open for more than a whole stretch', () => {
  const young = new YoungDeliveries();
  const first = young.begin();
  young.begin();
  expect(young.count).toBe(2);
  young.end(first);
  expect(young.count).toBe(1);
  young.age();
  expect(young.count).toBe(1);
  const late = young.begin();
  young.age();
  expect(young.count).toBe(1);
  young.end(first);
  expect(young.count).toBe(1);
  young.end(late);
  expect(young.count).toBe(0);
});
