import { describe, expect, it } from '@jest/globals';
import { conflictText } from './conflict-text.ts';
import type { FieldManager } from './field-managers.ts';
import { FieldSet } from './field-set.ts';

function manager(more: Partial<FieldManager>): FieldManager {
  const fields = new FieldSet();
  const base = { apiVersion: 'v1', subresource: '', time: 'now', fields } as const;
  return { manager: 'one', operation: 'Update', ...base, ...more };
}

describe('conflictText', () => {
  it.each([
    [manager({}), '"one" using v1'],
    [manager({ operation: 'Apply' }), '"one"'],
    [manager({ subresource: 'status' }), '"one" with subresource "status" using v1'],
    [manager({ operation: 'Apply', subresource: 'status' }), '"one" with subresource "status"'],
  ])('names a manager %#', (each, name) => {
    const conflicts = [{ manager: each, path: ['f:spec', 'f:a'] }];
    expect(conflictText(conflicts).summary).toBe(`conflict with ${name}: .spec.a`);
  });

  it('groups several by manager, and writes paths as kubectl shows them', () => {
    const two = manager({ manager: 'a', operation: 'Apply' });
    const { causes, summary } = conflictText([
      {
        manager: manager({}),
        path: ['f:spec', 'f:ports', 'k:{"port":80,"protocol":"TCP"}', 'f:name'],
      },
      { manager: two, path: ['f:spec', 'f:tags', 'v:"x"'] },
      { manager: two, path: ['f:spec', 'f:list', 'i:0'] },
    ]);
    expect(causes.map(({ field }) => field)).toEqual([
      '.spec.ports[port=80,protocol="TCP"].name',
      '.spec.tags[="x"]',
      '.spec.list[0]',
    ]);
    expect(summary).toBe(
      [
        'conflicts with "a":',
        '- .spec.tags[="x"]',
        '- .spec.list[0]',
        'conflicts with "one" using v1:',
        '- .spec.ports[port=80,protocol="TCP"].name',
      ].join('\n'),
    );
  });
});
