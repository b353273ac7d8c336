import { describe, expect, it } from '@jest/globals';
import { RateGate } from './rate-gate.ts';

/** When starts happen of somebody who always wants to and whose timers are late. */
function starts(
  count: number,
  perMs: number,
  { untilMs, lateMs = 0 }: { untilMs: number; lateMs?: number },
) {
  let now = 0;
  const gate = new RateGate({ count, perMs }, () => now);
  const times: number[] = [];
  while (now < untilMs) {
    const waitMs = gate.waitMs();
    now += waitMs === 0 ? 0 : waitMs + lateMs;
    if (waitMs > 0) continue;
    gate.started();
    times.push(now);
  }
  return times;
}

describe('RateGate', () => {
  it('spaces slow rates evenly', () => {
    expect(starts(4, 1_000, { untilMs: 1_000 })).toEqual([0, 250, 500, 750]);
    expect(starts(30, 60_000, { untilMs: 6_001 })).toEqual([0, 2_000, 4_000, 6_000]);
  });

  it('reaches fast rates although timers are late', () => {
    const times = starts(1_000, 1_000, { untilMs: 10_000, lateMs: 2 });
    expect(times.length).toBeGreaterThan(9_900);
    expect(times.length).toBeLessThanOrEqual(10_021);
  });

  it('saves nothing up while nobody wants to start', () => {
    let now = 0;
    const gate = new RateGate({ count: 10, perMs: 1_000 }, () => now);
    gate.started();
    now = 60_000;
    expect(gate.waitMs()).toBe(0);
    gate.started();
    expect(gate.waitMs()).toBe(100);
  });
});
