import { describe, expect, it } from '@jest/globals';
import { parkedEventOf } from './parked-event.ts';

const parked = {
  subject: 'ced.b.t',
  sequence: 7,
  timestampMs: Date.parse('2026-01-02T03:04:05.678Z'),
  headers: [
    ...[
      'ce-specversion',
      '1.0',
      'ce-id',
      Buffer.from('Grüße').toString('latin1'),
      'ce-source',
      '/shop',
      'ce-type',
      'order',
    ],
    ...['Jetmesh-Trigger', 'shop/orders', 'Jetmesh-Reason', 'retries-exhausted'],
    ...['Jetmesh-Attempts', '11', 'Jetmesh-Error-Code', '503'],
    ...['Jetmesh-Parked-At', '2026-01-02T03:04:05.000Z'],
  ],
};

describe('reading a parked event', () => {
  it('takes why from its headers and what from its attributes', () => {
    expect(parkedEventOf(parked, 'shop/default')).toEqual({
      sequence: 7,
      parkedAt: '2026-01-02T03:04:05.000Z',
      broker: 'shop/default',
      trigger: 'shop/orders',
      reason: 'retries-exhausted',
      attempts: 11,
      lastCode: 503,
      type: 'order',
      source: '/shop',
      id: 'Grüße',
    });
  });

  it('shows a message that somebody else put there, with the time it was stored', () => {
    expect(parkedEventOf({ ...parked, headers: [] }, 'shop/default')).toMatchObject({
      sequence: 7,
      parkedAt: '2026-01-02T03:04:05.678Z',
      trigger: '',
      attempts: 0,
      id: '',
    });
  });

  it('does not take a value for a name', () => {
    const headers = ['ce-id', 'jetmesh-reason', 'Jetmesh-Reason', 'rejected'];
    expect(parkedEventOf({ ...parked, headers }, 'b').reason).toBe('rejected');
  });
});
