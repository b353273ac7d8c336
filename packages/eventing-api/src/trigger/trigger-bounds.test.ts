import { describe, expect, it } from '@jest/globals';
import { triggerBoundsOf } from './trigger-bounds.ts';

const none = {
  deadLetterTimeoutMs: undefined,
  maxBacklogBytes: undefined,
  maxBacklogAgeMs: undefined,
};

describe('triggerBoundsOf', () => {
  it.each([
    [undefined, none],
    [{ 'jetmesh.dev/dead-letter-timeout': 'PT30M' }, { ...none, deadLetterTimeoutMs: 1_800_000 }],
    [{ 'jetmesh.dev/dead-letter-timeout': 'PT0S' }, { ...none, deadLetterTimeoutMs: 0 }],
    [{ 'jetmesh.dev/max-backlog-bytes': '1000' }, { ...none, maxBacklogBytes: 1000 }],
    [{ 'jetmesh.dev/max-backlog-bytes': '64Mi' }, { ...none, maxBacklogBytes: 64 * 1024 ** 2 }],
    [{ 'jetmesh.dev/max-backlog-age': 'P1D' }, { ...none, maxBacklogAgeMs: 86_400_000 }],
  ])('reads %j', (annotations, bounds) => {
    expect(triggerBoundsOf(annotations)).toEqual({ bounds, problems: [] });
  });

  it.each([
    ['jetmesh.dev/dead-letter-timeout', '30m', 'an ISO 8601 duration such as PT30M'],
    ['jetmesh.dev/max-backlog-bytes', '0', 'a size such as 65536, 64Mi or 1Gi'],
    ['jetmesh.dev/max-backlog-bytes', '1GB', 'a size such as 65536, 64Mi or 1Gi'],
    ['jetmesh.dev/max-backlog-bytes', '-1', 'a size such as 65536, 64Mi or 1Gi'],
    [
      'jetmesh.dev/max-backlog-age',
      'PT0S',
      'an ISO 8601 duration such as P1D, longer than nothing',
    ],
  ])('says what is wrong with %s: %s, and takes it for absent', (annotation, text, rule) => {
    expect(triggerBoundsOf({ [annotation]: text })).toEqual({
      bounds: none,
      problems: [{ annotation, rule: `must be ${rule}, not "${text}"` }],
    });
  });
});
