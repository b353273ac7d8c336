import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json/json-value.ts';
import { applyDefaults } from './apply-defaults.ts';
import type { StructuralSchema } from './structural-schema.ts';

const schema: StructuralSchema = {
  type: 'object',
  properties: {
    count: { type: 'integer', default: 1 },
    nullable: { type: 'string', nullable: true, default: 'x' },
    inner: { type: 'object', properties: { a: { type: 'string', default: 'y' } } },
    made: { type: 'object', default: {}, properties: { a: { type: 'string', default: 'z' } } },
    list: { type: 'array', items: { type: 'object', properties: { b: { default: true } } } },
  },
};
const made = { a: 'z' };

describe('applyDefaults', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['absent fields', {}, { count: 1, nullable: 'x', made }],
    ['no field that is set', { count: 2, nullable: 'q' }, { count: 2, nullable: 'q', made }],
    [
      'null where it is not allowed',
      { count: null, nullable: 'q' },
      { count: 1, nullable: 'q', made },
    ],
    ['no null that is allowed', { nullable: null }, { count: 1, nullable: null, made }],
    [
      'objects that are there',
      { inner: {}, nullable: '' },
      { inner: { a: 'y' }, count: 1, nullable: '', made },
    ],
    [
      'items',
      { list: [{}, { b: false }], nullable: '' },
      { list: [{ b: true }, { b: false }], count: 1, nullable: '', made },
    ],
  ])('fills in %s', (_what, value, filled) => {
    expect(applyDefaults(value, schema)).toEqual(filled);
  });

  it('gives every object its own default', () => {
    const first = applyDefaults({}, schema) as JsonObject;
    (first.made as JsonObject).a = 'changed';
    expect(applyDefaults({}, schema)).toMatchObject({ made });
  });
});
