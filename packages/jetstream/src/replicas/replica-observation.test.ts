import { describe, expect, it } from '@jest/globals';
import { ReplicaObservation } from './replica-observation.ts';

describe('ReplicaObservation', () => {
  it('takes a replica for dead only when its stored heartbeat is the one seen a term ago', () => {
    const observation = new ReplicaObservation(6_000);
    observation.observe('a', 1, 0);
    expect(observation.silent(5_999)).toEqual([]);
    expect(observation.silent(6_000)).toEqual(['a']);
    expect(observation.isDead('a')).toBe(false);
    expect(observation.confirm('a', 1, 6_000)).toBe(true);
    expect(observation.isDead('a')).toBe(true);
    expect(observation.silent(9_000)).toEqual([]);
  });

  it('gives another term to one whose heartbeat it had missed', () => {
    const observation = new ReplicaObservation(6_000);
    observation.observe('a', 1, 0);
    expect(observation.confirm('a', 5, 6_000)).toBe(false);
    expect(observation.silent(11_999)).toEqual([]);
    expect(observation.confirm('a', 5, 12_000)).toBe(true);
  });

  it('does not judge by an answer that came after a new heartbeat', () => {
    const observation = new ReplicaObservation(6_000);
    observation.observe('a', 1, 0);
    observation.observe('a', 2, 6_001);
    expect(observation.confirm('a', 1, 6_002)).toBe(false);
  });

  it('takes one without heartbeat for dead a term after it has heard of it', () => {
    const observation = new ReplicaObservation(6_000);
    observation.expect('a', 0);
    observation.expect('a', 3_000);
    expect(observation.confirm('a', undefined, 5_999)).toBe(false);
    expect(observation.confirm('a', undefined, 6_000)).toBe(true);
  });

  it('brings back one that beats again', () => {
    const observation = new ReplicaObservation(6_000);
    observation.observe('a', 1, 0);
    observation.observe('b', 1, 0);
    observation.confirm('a', 1, 6_000);
    expect(observation.live()).toEqual(['b']);
    observation.observe('a', 2, 7_000);
    expect(observation.live()).toEqual(['b', 'a']);
  });

  it('stays bounded', () => {
    const observation = new ReplicaObservation(6_000);
    for (let count = 0; count < 1_500; count += 1) observation.observe(`r${count}`, 1, 0);
    expect(observation.live()).toHaveLength(1_000);
  });
});
