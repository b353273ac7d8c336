import { describe, expect, it } from '@jest/globals';
import { withoutEmpty } from './without-empty.ts';
import { withoutNulls } from './without-nulls.ts';

const schema = {
  type: 'object',
  properties: {
    text: { type: 'string' },
    nullable: { type: 'string', nullable: true },
    defaulted: { type: 'string', default: 'x' },
    list: { type: 'array', items: { type: 'object', properties: { text: { type: 'string' } } } },
    map: { type: 'object', additionalProperties: { type: 'string' } },
    structure: { type: 'object', properties: { text: { type: 'string' } } },
  },
};

describe('withoutEmpty, for built-in kinds', () => {
  it('leaves out nulls, empty lists and empty maps, and keeps empty structures', () => {
    const object = { text: null, list: [], map: {}, structure: {}, other: null };
    expect(withoutEmpty(object, schema)).toEqual({ structure: {} });
    expect(withoutEmpty({ list: [{ text: null }], map: { a: '' } }, schema)).toEqual({
      list: [{}],
      map: { a: '' },
    });
  });

  it('keeps what is of another type, for the decoder to refuse', () => {
    expect(withoutEmpty({ map: [] }, schema)).toEqual({ map: [] });
  });
});

describe('withoutNulls, for custom kinds', () => {
  it('leaves out nulls that are neither allowed nor defaulted', () => {
    const object = {
      text: null,
      nullable: null,
      defaulted: null,
      other: null,
      list: [{ text: null }],
      map: {},
    };
    expect(withoutNulls(object, schema)).toEqual({
      nullable: null,
      defaulted: null,
      other: null,
      list: [{}],
      map: {},
    });
  });
});
