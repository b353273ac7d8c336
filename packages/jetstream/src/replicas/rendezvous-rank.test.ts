import { describe, expect, it } from '@jest/globals';
import { rendezvousRank } from './rendezvous-rank.ts';

const ids = ['a', 'b', 'c'];

describe('rendezvousRank', () => {
  it('gives every replica a place of its own for a key', () => {
    const ranks = ids.map((id) => rendezvousRank('key', id, ids));
    expect([...ranks].sort()).toEqual([0, 1, 2]);
  });

  it('spreads keys evenly', () => {
    const firsts = ids.map(
      (id) =>
        Array.from({ length: 300 }, (_, key) => rendezvousRank(`${key}`, id, ids)).filter(
          (rank) => rank === 0,
        ).length,
    );
    for (const count of firsts) expect(count).toBeGreaterThan(60);
  });

  it('is the first where there is no other', () => {
    expect(rendezvousRank('key', 'a', [])).toBe(0);
  });
});
