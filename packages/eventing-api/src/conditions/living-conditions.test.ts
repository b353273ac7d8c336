import { describe, expect, it } from '@jest/globals';
import type { Condition } from './condition.ts';
import { livingConditions } from './living-conditions.ts';

const now = new Date('2026-01-02T03:04:05.678Z');
const before = '2026-01-01T00:00:00Z';

function readyOf(conditions: Condition[]): Condition | undefined {
  return conditions.find((condition) => condition.type === 'Ready');
}

describe('livingConditions', () => {
  it('is Ready when every finding is True, and sorts by type', () => {
    const conditions = livingConditions({ B: { status: 'True' }, A: { status: 'True' } }, [], now);
    expect(conditions.map(({ type }) => type)).toEqual(['A', 'B', 'Ready']);
    expect(readyOf(conditions)).toEqual({
      type: 'Ready',
      status: 'True',
      lastTransitionTime: '2026-01-02T03:04:05Z',
    });
  });

  it('lets False beat Unknown and copies its reason and message', () => {
    const conditions = livingConditions(
      {
        A: { status: 'Unknown', reason: 'Wait' },
        B: { status: 'False', reason: 'Broken', message: 'It is.' },
      },
      [],
      now,
    );
    expect(readyOf(conditions)).toMatchObject({
      status: 'False',
      reason: 'Broken',
      message: 'It is.',
    });
  });

  it('does not copy the reason of a True finding', () => {
    const conditions = livingConditions(
      { A: { status: 'True', reason: 'NotConfigured' } },
      [],
      now,
    );
    expect(readyOf(conditions)).not.toHaveProperty('reason');
  });

  it('keeps the time of a condition that did not change, and only that', () => {
    const previous: Condition[] = [
      { type: 'A', status: 'True', lastTransitionTime: before },
      { type: 'B', status: 'False', reason: 'Old', lastTransitionTime: before },
    ];
    const conditions = livingConditions(
      { A: { status: 'True' }, B: { status: 'False', reason: 'New' } },
      previous,
      now,
    );
    expect(conditions.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual([
      before,
      '2026-01-02T03:04:05Z',
      '2026-01-02T03:04:05Z',
    ]);
  });
});
