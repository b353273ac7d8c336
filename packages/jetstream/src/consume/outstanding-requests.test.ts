import { describe, expect, it } from '@jest/globals';
import { OutstandingRequests } from './outstanding-requests.ts';

describe('OutstandingRequests', () => {
  it('adds requests up, and takes off what arrives', () => {
    const outstanding = new OutstandingRequests();
    outstanding.add(10, 1_000, 100);
    outstanding.add(5, 500, 200);
    outstanding.takeOff(1, 100);
    expect([outstanding.count, outstanding.bytes]).toEqual([14, 1_400]);
    outstanding.takeOff(9, 200);
    expect([outstanding.count, outstanding.bytes]).toEqual([5, 500]);
    outstanding.takeOff(5, 1);
    expect([outstanding.count, outstanding.bytes]).toEqual([0, 0]);
  });

  it('takes off over several requests, and never below nothing', () => {
    const outstanding = new OutstandingRequests();
    outstanding.add(1, 100, 100);
    outstanding.add(5, 500, 200);
    outstanding.takeOff(3, 300);
    expect([outstanding.count, outstanding.bytes]).toEqual([3, 300]);
    outstanding.takeOff(50, 5_000);
    expect([outstanding.count, outstanding.bytes]).toEqual([0, 0]);
  });

  it('drops what must have ended, so that a lost status does not narrow the window for ever', () => {
    const outstanding = new OutstandingRequests();
    outstanding.add(10, 1_000, 100);
    outstanding.add(5, 500, 5_000);
    outstanding.expire(1_099);
    expect(outstanding.count).toBe(15);
    outstanding.expire(1_100);
    expect([outstanding.count, outstanding.bytes]).toEqual([5, 500]);
    outstanding.clear();
    outstanding.expire(10_000);
    expect([outstanding.count, outstanding.bytes]).toEqual([0, 0]);
  });
});
