import { describe, expect, it } from '@jest/globals';
import { decodeEvents } from '../decode-events.ts';

const body = Buffer.from([0, 255, 10]);
const required = ['ce-specversion', '1.0', 'ce-id', '1', 'ce-type', 't', 'ce-source', '/s'];

function bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function decode(headers: readonly string[], data = body) {
  const result = decodeEvents(headers, data);
  if (result.kind === 'refused') return result;
  expect(result.mode).toBe('binary');
  expect(result.events).toHaveLength(1);
  const [event] = result.events;
  return { attributes: Object.fromEntries(event!.attributes), data: event!.data };
}

describe('binary mode', () => {
  it('takes attributes from ce- headers and leaves the body alone', () => {
    const headers = ['Host', 'x', ...required, 'content-type', 'application/xml', 'ce-ext1', 'v'];
    expect(decode(headers)).toEqual({
      attributes: {
        specversion: '1.0',
        id: '1',
        type: 't',
        source: '/s',
        datacontenttype: 'application/xml',
        ext1: 'v',
      },
      data: body,
    });
  });

  it('reads header names in any case', () => {
    const headers = ['CE-SpecVersion', '1.0', 'Ce-Id', 'A', 'cE-TYPE', 'T', 'ce-Source', 'S'];
    expect(decode([...headers, 'CONTENT-Type', 'Text/Plain', 'CE-MyExt', 'V'])).toMatchObject({
      attributes: { id: 'A', type: 'T', source: 'S', datacontenttype: 'Text/Plain', myext: 'V' },
    });
  });

  it.each(['Grüße', '世界', '🎉', '50% – “x”', 'a%20b', ' spaces ', ''])(
    'reads %j as UTF-8, percent signs as they are',
    (text) => {
      expect(decode([...required, 'ce-ext', bytes(text)])).toMatchObject({
        attributes: { ext: text },
      });
    },
  );

  it('tells absent data from empty data by the content type', () => {
    const none = Buffer.alloc(0);
    expect(decode(required, none)).toMatchObject({ data: undefined });
    expect(decode([...required, 'content-type', 'application/json'], none)).toMatchObject({
      data: undefined,
    });
    expect(decode([...required, 'content-type', 'text/plain'], none)).toMatchObject({ data: none });
  });

  it('takes ce-datacontenttype when it says the same as content-type', () => {
    const same = ['content-type', 'a/b', 'ce-datacontenttype', 'a/b'];
    expect(decode([...required, ...same])).toMatchObject({
      attributes: { datacontenttype: 'a/b' },
    });
    expect(decode([...required, 'ce-datacontenttype', 'a/b'])).toMatchObject({
      attributes: { datacontenttype: 'a/b' },
    });
    expect(decode([...required, 'content-type', 'a/c', 'ce-datacontenttype', 'a/b'])).toEqual({
      kind: 'refused',
      code: 400,
      field: 'datacontenttype',
      rule: 'must not be given twice',
    });
  });

  it.each([
    ['ce-id', '2', 'id', 'must not be given twice'],
    ['CE-ID', '1', 'id', 'must not be given twice'],
    ['ce-my-ext', 'x', 'my-ext', nameRule()],
    ['ce-my_ext', 'x', 'my_ext', nameRule()],
    ['ce-', 'x', '', nameRule()],
    ['ce-data', 'x', 'data', 'is not an attribute: data stands in the body'],
    ['ce-ext', '\xff', 'ext', 'must be UTF-8'],
    ['ce-ext', 'Gr\xfc\xdfe', 'ext', 'must be UTF-8'],
    ['ce-ext', '\xed\xa0\x80', 'ext', 'must be UTF-8'],
    ['ce-ext', 'a\tb', 'ext', 'must not have control characters'],
    ['ce-ext', 'a\x7f', 'ext', 'must not have control characters'],
    ['ce-ext', bytes('\u0085'), 'ext', 'must not have control characters'],
    ['ce-ext', bytes('\ufffe'), 'ext', 'must not have Unicode noncharacters'],
    ['ce-time', 'yesterday', 'time', timeRule()],
    ['content-type', 'json', 'datacontenttype', mediaTypeRule()],
  ])('refuses %s: %j', (header, value, field, rule) => {
    const refusal = { kind: 'refused', code: 400, field, rule };
    expect(decode([...required, header, value])).toEqual(refusal);
  });

  it('refuses what is no event at all', () => {
    expect(decode(['content-type', 'application/json'])).toEqual({
      kind: 'refused',
      code: 400,
      field: 'specversion',
      rule: 'is missing: there is neither a ce-specversion header nor the content-type application/cloudevents+json',
    });
  });

  it('reads the same headers again and again, valid or not', () => {
    for (let round = 0; round < 3; round += 1) {
      expect(decode(required)).toMatchObject({ attributes: { id: '1' } });
      expect(decode([...required, 'ce-bad_name', 'x'])).toMatchObject({ field: 'bad_name' });
    }
  });

  it('reads more header names than it remembers', () => {
    for (let count = 0; count < 3000; count += 1) {
      const headers = [...required, `ce-ext${count}`, 'x'];
      expect(decode(headers)).toMatchObject({ attributes: { [`ext${count}`]: 'x' } });
    }
  });
});

function nameRule() {
  return 'is not an attribute name: only lower-case letters and digits are allowed';
}

function timeRule() {
  return 'must be a time of RFC 3339, such as 2020-02-29T08:00:00Z';
}

function mediaTypeRule() {
  return 'must be a media type (RFC 2046), such as application/json';
}
