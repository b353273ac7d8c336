import { describe, expect, it, jest } from '@jest/globals';
import { PullHealth } from './pull-health.ts';

function aHealth() {
  const onMissing = jest.fn();
  const health = new PullHealth({ idleHeartbeatMs: 10_000, random: () => 0.5, onMissing });
  return { health, onMissing };
}

/** Lets a back-off pass that began at `now`. */
function afterBackoff(health: PullHealth, now: number): number {
  let later = now;
  while (health.isBackingOff) health.tick((later += 50));
  return later;
}

describe('PullHealth', () => {
  it('wants to hear the server soon at first, and seldom once it has', () => {
    const { health } = aHealth();
    health.heard(0);
    expect(health.heartbeatMs).toBe(500);
    expect([health.isSilent(1_250), health.isSilent(1_251)]).toEqual([false, true]);
    health.recovered();
    expect(health.heartbeatMs).toBe(10_000);
    expect([health.isSilent(25_000), health.isSilent(25_001)]).toEqual([false, true]);
  });

  it('backs off longer each time, up to five seconds, until the consumer is there', () => {
    const { health } = aHealth();
    const backoffs: number[] = [];
    let now = 0;
    for (let index = 0; index < 7; index++) {
      health.refused(now);
      const end = afterBackoff(health, now);
      backoffs.push(end - now);
      now = end;
    }
    expect(backoffs).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
    health.recovered();
    health.refused(now);
    expect(afterBackoff(health, now) - now).toBe(250);
  });

  it('counts requests that are refused together once', () => {
    const { health } = aHealth();
    health.refused(0);
    health.refused(0);
    expect(afterBackoff(health, 0)).toBe(250);
  });

  it('says once that the consumer is missing: at once when told so, else after three times', () => {
    const { health, onMissing } = aHealth();
    health.gone(0);
    expect(onMissing).toHaveBeenCalledTimes(1);
    health.unanswered(afterBackoff(health, 0));
    expect(onMissing).toHaveBeenCalledTimes(1);
    health.recovered();
    let now = 10_000;
    for (const expected of [1, 1, 2]) {
      now = afterBackoff(health, now);
      health.unanswered(now);
      expect(onMissing).toHaveBeenCalledTimes(expected);
    }
  });

  it('forgets refusals of another connection', () => {
    const { health, onMissing } = aHealth();
    health.unanswered(0);
    health.unanswered(afterBackoff(health, 0));
    health.restart();
    expect(health.isBackingOff).toBe(false);
    health.unanswered(5_000);
    expect(onMissing).not.toHaveBeenCalled();
  });
});
