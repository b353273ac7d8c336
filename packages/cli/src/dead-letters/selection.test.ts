import { describe, expect, it } from '@jest/globals';
import type { ParkedEvent } from './parked-event.ts';
import { isSelected, type Selection } from './selection.ts';

const event: ParkedEvent = {
  sequence: 1,
  parkedAt: '2026-01-02T03:04:05.000Z',
  broker: 'shop/default',
  trigger: 'shop/orders',
  reason: 'rejected',
  attempts: 1,
  lastCode: 400,
  type: 'order',
  source: '/shop',
  id: '1',
};

describe('selecting parked events', () => {
  const table: [Selection, boolean][] = [
    [{}, true],
    [{ trigger: 'shop/orders' }, true],
    [{ trigger: 'shop/order' }, false],
    [{ trigger: 'other/orders' }, false],
    [{ reason: 'rejected' }, true],
    [{ reason: 'retries-exhausted' }, false],
    [{ trigger: 'shop/orders', reason: 'rejected' }, true],
    [{ trigger: 'shop/orders', reason: 'retries-exhausted' }, false],
  ];

  it.each(table)('%j: %s', (selection, expected) => {
    expect(isSelected(event, selection)).toBe(expected);
  });
});
