import { describe, expect, it } from '@jest/globals';
import { decodeEvents } from '../decode-events.ts';

const headers = ['Content-Type', 'application/cloudevents+json; charset=UTF-8'];
const required = '"specversion":"1.0","id":"1","type":"t","source":"/s"';

function decode(body: string | Buffer) {
  const result = decodeEvents(headers, Buffer.from(body));
  if (result.kind === 'refused') return result;
  expect(result.mode).toBe('structured');
  const [event] = result.events;
  const { specversion, id, type, source, ...others } = Object.fromEntries(event!.attributes);
  return { required: [specversion, id, type, source], others, data: event!.data?.toString() };
}

describe('structured mode', () => {
  it('takes attributes from members', () => {
    expect(decode(`{${required},"subject":"ü","ext":"v"}`)).toEqual({
      required: ['1.0', '1', 't', '/s'],
      others: { subject: 'ü', ext: 'v' },
      data: undefined,
    });
  });

  it.each([
    ['"text"', 'text'],
    ['""', ''],
    ['"\\u0041\\u00fc\\ud83c\\udf89"', 'Aü🎉'],
    ['5', '5'],
    ['-0', '0'],
    ['1.0', '1'],
    ['1e3', '1000'],
    ['-2147483648', '-2147483648'],
    ['2147483647', '2147483647'],
    ['true', 'true'],
    ['false', 'false'],
    ['null', undefined],
  ])('makes an extension of %s the text %j', (json, text) => {
    const others = text === undefined ? {} : { ext: text };
    expect(decode(`{${required},"ext":${json}}`)).toMatchObject({ others });
  });

  it.each([
    '{ "b" : [1.0, 1e2, "\\u0041\\/", {"b":1,"b":2}] }',
    '"text with \\" and \\\\"',
    '"\\\\"',
    '[]',
    '{}',
    '[[{"a":"]}"}],"[{"]',
    '12345678901234567890.10',
    'true',
    'null',
    '"ü 🎉"',
    '{"ü":"\\ud800"}',
  ])('keeps the bytes of data %s', (data) => {
    const others = { datacontenttype: 'application/json' };
    const type = '"datacontenttype":"application/json"';
    for (const body of [
      `{${required},${type},"data":${data}}`,
      `{"data":${data},${required},${type}}`,
      ` {\n"data"\t: ${data} \r\n,${required}, ${type} } `,
      `{${required},"ext":null,"data":${data}  }`,
      `{${required},"\\u0064ata":${data},${type}}`,
      `{${required},"dddd":null,"d\\u0061t\\u0061":${data},${type}}`,
    ]) {
      expect(decode(body)).toMatchObject({ others, data });
    }
  });

  it.each([
    ['application/json', '"x"', '"x"'],
    ['text/json', '"x"', '"x"'],
    ['application/vnd.x+json', '{"a" :1}', '{"a" :1}'],
    ['Application/JSON; charset=latin1', '{"a":"ü"}', '{"a":"ü"}'],
    ['text/plain', '"x\\n\\u00fc"', 'x\nü'],
    ['application/xml', '"<a b=\\"c\\"/>"', '<a b="c"/>'],
    ['text/plain; charset=utf-8', '""', ''],
    ['application/octet-stream', '"x"', 'x'],
    ['text/plain', '{"a": 1}', '{"a": 1}'],
    ['text/plain', 'null', undefined],
  ])('reads data of %s from %s', (contentType, json, data) => {
    const body = `{${required},"datacontenttype":"${contentType}","data":${json}}`;
    expect(decode(body)).toMatchObject({ others: { datacontenttype: contentType }, data });
  });

  it('reads data_base64, and does not guess its content type', () => {
    expect(decode(`{${required},"data_base64":"aGk="}`)).toMatchObject({ others: {}, data: 'hi' });
    expect(decode(`{${required},"data_base64":"aGk=","data":null}`)).toMatchObject({ data: 'hi' });
    expect(decode(`{${required},"data_base64":""}`)).toMatchObject({ data: '' });
    expect(decode(`{${required},"data_base64":null}`)).toMatchObject({ data: undefined });
  });

  const v03 = '"specversion":"0.3","id":"1","type":"t","source":"/s"';

  it('passes version 0.3 through as 0.3', () => {
    const others = { schemaurl: 'x', datacontenttype: 'application/json' };
    expect(decode(`{${v03},"schemaurl":"x","data":{"a":1}}`)).toEqual({
      required: ['0.3', '1', 't', '/s'],
      others,
      data: '{"a":1}',
    });
  });

  it('decodes what 0.3 says is in Base64', () => {
    const type = '"datacontenttype":"image/png"';
    const body = `{${v03},${type},"datacontentencoding":"Base64","data":"aGk="}`;
    expect(decode(body)).toMatchObject({ others: { datacontenttype: 'image/png' }, data: 'hi' });
    expect(decode(`{${v03},"datacontentencoding":"quoted-printable","data":"x"}`)).toMatchObject({
      field: 'datacontentencoding',
    });
    expect(decode(`{${v03},"data_base64":"aGk="}`)).toMatchObject({ field: 'data_base64' });
  });

  const integerRule = 'must be a whole number from -2147483648 to 2147483647, or a string';

  it.each([
    ['', 'body', 'must be valid JSON'],
    ['{', 'body', 'must be valid JSON'],
    [`{${required},}`, 'body', 'must be valid JSON'],
    [`\ufeff{${required}}`, 'body', 'must be valid JSON'],
    ['[]', 'body', 'must be a JSON object'],
    ['null', 'body', 'must be a JSON object'],
    ['"x"', 'body', 'must be a JSON object'],
    ['{}', 'specversion', 'is missing'],
    ['{"specversion":"19.0"}', 'specversion', 'must be 1.0 or 0.3'],
    ['{"specversion":1.0}', 'specversion', 'must be a string'],
    ['{"specversion":"1.0"}', 'id', 'is missing'],
    [`{${required},"subject":5}`, 'subject', 'must be a string'],
    [`{${required},"time":true}`, 'time', 'must be a string'],
    [`{${required},"ext":1.5}`, 'ext', integerRule],
    [`{${required},"ext":2147483648}`, 'ext', integerRule],
    [`{${required},"ext":1e400}`, 'ext', integerRule],
    [`{${required},"ext":{}}`, 'ext', 'must be a string, a number or a boolean'],
    [`{${required},"ext":["x"]}`, 'ext', 'must be a string, a number or a boolean'],
    [`{${required},"ext":"a\\u0000b"}`, 'ext', 'must not have control characters'],
    [`{${required},"ext":"a\\nb"}`, 'ext', 'must not have control characters'],
    [`{${required},"ext":"\\ud800"}`, 'ext', 'must be valid Unicode, without lone surrogates'],
    [`{${required},"ext":"\\ufdd0"}`, 'ext', 'must not have Unicode noncharacters'],
    [`{${required},"id":"2"}`, 'id', 'must not be given twice'],
    [`{${required},"\\u0069d":"2"}`, 'id', 'must not be given twice'],
    [`{"data":{},${required},"data":{}}`, 'data', 'must not be given twice'],
    [`{${required},"ext":null,"ext":null}`, 'ext', 'must not be given twice'],
    [
      `{${required},"data":1,"data_base64":"aGk="}`,
      'data_base64',
      'must not be given together with data',
    ],
    [`{${required},"data_base64":"aGk"}`, 'data_base64', 'must be a string in Base64'],
    [`{${required},"data_base64":"a-k="}`, 'data_base64', 'must be a string in Base64'],
    [`{${required},"data_base64":"a k="}`, 'data_base64', 'must be a string in Base64'],
    [`{${required},"data_base64":"a==="}`, 'data_base64', 'must be a string in Base64'],
    [`{${required},"data_base64":5}`, 'data_base64', 'must be a string in Base64'],
    [
      `{${required},"datacontenttype":"text/plain","data":"\\ud800"}`,
      'data',
      'must be valid Unicode',
    ],
    [
      `{${required},"datacontenttype":"text/plain; charset=\\"ISO-8859-1\\"","data":"x"}`,
      'data',
      'must be in data_base64 where its charset is not utf-8',
    ],
  ])('refuses %j', (body, field, rule) => {
    expect(decode(body)).toEqual({ kind: 'refused', code: 400, field, rule });
  });

  it.each(['Ext', 'my-ext', 'data_base65', '__proto__', ''])('refuses the name %j', (name) => {
    expect(decode(`{${required},"${name}":"x"}`)).toMatchObject({ field: name });
  });

  it('refuses bytes that are not UTF-8', () => {
    const body = Buffer.from(`{${required},"ext":"\xff"}`, 'latin1');
    expect(decode(body)).toMatchObject({ field: 'body', rule: 'must be UTF-8' });
  });
});

describe('batched mode', () => {
  const batchHeaders = ['content-type', 'Application/CloudEvents-Batch+JSON'];
  const event = (id: string, more = '') =>
    `{"specversion":"1.0","id":"${id}","type":"t","source":"/s"${more}}`;

  function decodeBatch(body: string, maxBatchCount?: number) {
    const options = maxBatchCount === undefined ? {} : { maxBatchCount };
    const result = decodeEvents(batchHeaders, Buffer.from(body), options);
    if (result.kind === 'refused') return result;
    expect(result.mode).toBe('batched');
    return result.events.map(({ attributes, data }) => [attributes.get('id'), data?.toString()]);
  }

  it('reads all events, each with the bytes of its data', () => {
    const body = ` [ ${event('1', ',"data":{"ü" :[1 ]}')} ,\n${event('2')},${event('3', ',"data": "]"')}]`;
    expect(decodeBatch(body)).toEqual([
      ['1', '{"ü" :[1 ]}'],
      ['2', undefined],
      ['3', '"]"'],
    ]);
    expect(decodeBatch('[]')).toEqual([]);
    expect(decodeBatch(' [ ] ')).toEqual([]);
  });

  it('says which event is refused', () => {
    expect(decodeBatch(`[${event('1')},${event('2', ',"time":"x"')},7]`)).toMatchObject({
      kind: 'refused',
      code: 400,
      field: 'time',
      index: 1,
    });
    expect(decodeBatch(`[${event('1')},7]`)).toEqual({
      kind: 'refused',
      code: 400,
      field: 'body',
      rule: 'must be a JSON object',
      index: 1,
    });
  });

  it('refuses a body that is no batch, and a batch that is too long', () => {
    const whole = { kind: 'refused', code: 400, field: 'body' };
    expect(decodeBatch(event('1'))).toEqual({ ...whole, rule: 'must be a JSON array of events' });
    expect(decodeBatch('[')).toEqual({ ...whole, rule: 'must be valid JSON' });
    const two = `[${event('1')},${event('2')}]`;
    expect(decodeBatch(two, 2)).toHaveLength(2);
    expect(decodeBatch(two, 1)).toEqual({ ...whole, rule: 'must not have more than 1 events' });
  });
});
