import { describe, expect, it } from '@jest/globals';
import { WatchWindow, type ObjectChange } from './watch-window.ts';

function change(revision: number, sizeBytes = 1): ObjectChange {
  const object = { apiVersion: 'v1', kind: 'Thing', metadata: { name: 'a' } };
  return { kind: 'modified', revision, object, previous: undefined, sizeBytes };
}

function revisionsSince(window: WatchWindow, revision: number): number[] | undefined {
  return window.since(revision)?.map((each) => each.revision);
}

describe('WatchWindow', () => {
  it('gives the changes after a revision', () => {
    const window = new WatchWindow(5, { maxCount: 10, maxBytes: 100 });
    for (const revision of [6, 8, 9]) window.push(change(revision));
    expect(revisionsSince(window, 5)).toEqual([6, 8, 9]);
    expect(revisionsSince(window, 7)).toEqual([8, 9]);
    expect(revisionsSince(window, 9)).toEqual([]);
    expect(revisionsSince(window, 4)).toBeUndefined();
  });

  it.each([
    ['count', { maxCount: 3, maxBytes: 1000 }],
    ['size', { maxCount: 1000, maxBytes: 3 }],
  ])('forgets the oldest beyond its %s, and knows it', (_limit, limits) => {
    const window = new WatchWindow(0, limits);
    for (let revision = 1; revision <= 6; revision += 1) window.push(change(revision));
    expect(window.floor).toBe(3);
    expect(revisionsSince(window, 3)).toEqual([4, 5, 6]);
    expect(revisionsSince(window, 2)).toBeUndefined();
  });
});
