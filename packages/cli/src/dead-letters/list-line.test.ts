import { describe, expect, it } from '@jest/globals';
import { listLine, listTitle } from './list-line.ts';

const event = {
  sequence: 12,
  parkedAt: '2026-01-02T03:04:05.000Z',
  broker: 'shop/default',
  trigger: 'shop/orders',
  reason: 'retries-exhausted',
  attempts: 11,
  lastCode: 503,
  type: 'order.created',
  source: '/shop',
  id: 'a-1',
};

describe('a line of the list', () => {
  it('stands under its title', () => {
    const line = listLine(event);
    expect(line.split(/ {2,}/)).toEqual(Object.values(event).map(String));
    for (const [title, value] of [
      ['REASON', 'retries-exhausted'],
      ['CODE', '503'],
      ['ID', 'a-1'],
    ] as const) {
      expect(line.indexOf(value)).toBe(listTitle.indexOf(title));
    }
  });

  it('stays one line without orders to the terminal, whatever a sender wrote', () => {
    const line = listLine({ ...event, id: 'a\n\u001b[2J\u202e' });
    expect(line.endsWith('a\\u{a}\\u{1b}[2J\\u{202e}')).toBe(true);
  });

  it('cuts nothing', () => {
    const type = 't'.repeat(100);
    expect(listLine({ ...event, type })).toContain(type);
  });
});
