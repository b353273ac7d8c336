import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json/json-value.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';
import { encodeManagers, type FieldManagers } from './field-managers.ts';
import { fieldScope } from './field-scope.ts';
import { recordUpdate } from './record-update.ts';

const schema: StructuralSchema = {
  type: 'object',
  properties: {
    metadata: {
      type: 'object',
      properties: { name: {}, labels: { type: 'object', additionalProperties: {} } },
    },
    spec: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } },
    status: { type: 'object', properties: { phase: { type: 'string' } } },
  },
};

interface Step {
  readonly by: string;
  readonly next: JsonObject;
  readonly subresource?: string;
}

function after(steps: readonly Step[]): [string | undefined, JsonObject | undefined][] {
  let live: JsonObject = {};
  let managers: FieldManagers = new Map();
  steps.forEach(({ by, next, subresource = '' }, at) => {
    const author = { manager: by, apiVersion: 'v1', subresource, time: String(at) } as const;
    const scope = fieldScope(subresource, true);
    managers = recordUpdate({
      live,
      next,
      schema,
      managers,
      scope,
      author: { ...author, operation: 'Update' },
    });
    live = next;
  });
  return encodeManagers(managers).map(({ manager, fieldsV1 }) => [manager, fieldsV1]);
}

const created = {
  apiVersion: 'v1',
  kind: 'T',
  metadata: { name: 'x', labels: { k: '1' } },
  spec: { a: '1', b: '1' },
};

describe('recordUpdate', () => {
  it('gives a creator every field but the object’s identity', () => {
    expect(after([{ by: 'one', next: created }])).toEqual([
      [
        'one',
        {
          'f:metadata': { 'f:labels': { '.': {}, 'f:k': {} } },
          'f:spec': { '.': {}, 'f:a': {}, 'f:b': {} },
        },
      ],
    ]);
  });

  it('moves a field to who changed it, and drops one that is gone', () => {
    const next = { ...created, spec: { a: '2' } };
    const fields = after([
      { by: 'one', next: created },
      { by: 'two', next },
    ]);
    expect(fields).toEqual([
      ['one', { 'f:metadata': { 'f:labels': { '.': {}, 'f:k': {} } }, 'f:spec': {} }],
      ['two', { 'f:spec': { 'f:a': {} } }],
    ]);
  });

  it('counts a status for writes of the status only', () => {
    const next = { ...created, spec: { a: '9', b: '1' }, status: { phase: 'x' } };
    const bySub = after([
      { by: 'one', next: created },
      { by: 'two', next, subresource: 'status' },
    ]);
    expect(bySub.at(-1)).toEqual(['two', { 'f:status': { '.': {}, 'f:phase': {} } }]);
    const byMain = after([
      { by: 'one', next: created },
      { by: 'two', next },
    ]);
    expect(byMain.at(-1)).toEqual(['two', { 'f:spec': { 'f:a': {} } }]);
  });

  it('counts the oldest of more than ten updaters as one', () => {
    const steps = Array.from({ length: 12 }, (_, at) => ({
      by: `m${String(at).padStart(2, '0')}`,
      next: { ...created, metadata: { name: 'x', labels: { [`l${at}`]: '1' } } },
    }));
    const kept: Step[] = steps.map((step, at) => ({
      ...step,
      next: {
        ...created,
        metadata: {
          name: 'x',
          labels: Object.fromEntries(steps.slice(0, at + 1).map((_, each) => [`l${each}`, '1'])),
        },
      },
    }));
    const names = after(kept).map(([name]) => name);
    expect(names).toHaveLength(10);
    expect(names).toContain('ancient-changes');
    expect(names).toContain('m11');
    expect(names).not.toContain('m00');
  });
});
