import { describe, expect, it } from '@jest/globals';
import { encodeBinary } from './binary/encode-binary.ts';
import type { CloudEvent } from './cloud-event.ts';
import { encodeBatch } from './structured/encode-batch.ts';
import { encodeStructured } from './structured/encode-structured.ts';

const required = { specversion: '1.0', id: '1', type: 't', source: '/s' };

function anEvent(attributes: Record<string, string>, data?: string | Buffer): CloudEvent {
  const bytes = data === undefined ? undefined : Buffer.from(data);
  return { attributes: new Map(Object.entries({ ...required, ...attributes })), data: bytes };
}

function dataMembers(event: CloudEvent): string {
  return encodeStructured(event).body.toString().split('"source":"/s",')[1] ?? '';
}

describe('binary mode', () => {
  it('writes attributes as headers in UTF-8 bytes, and the data as it is', () => {
    const data = Buffer.from([0, 255]);
    const { headers, body } = encodeBinary(anEvent({ datacontenttype: 'a/b', ext: 'ü' }, data));
    expect(headers).toEqual([
      ...['ce-specversion', '1.0', 'ce-id', '1', 'ce-type', 't', 'ce-source', '/s'],
      ...['content-type', 'a/b', 'ce-ext', '\xc3\xbc'],
    ]);
    expect(body).toEqual(data);
  });

  it('writes no body where there is no data', () => {
    expect(encodeBinary(anEvent({})).body).toHaveLength(0);
  });

  it.each(['a\r\nb', 'a\nb', 'a\0b', '\x7f'])('never writes %j into a header', (ext) => {
    expect(() => encodeBinary(anEvent({ ext }))).toThrow('must not have control characters');
  });
});

describe('structured mode', () => {
  it('writes attributes as members, without a charset in the content type', () => {
    expect(encodeStructured(anEvent({ ext: 'ü"\\' }))).toEqual({
      headers: ['content-type', 'application/cloudevents+json'],
      body: Buffer.from('{"specversion":"1.0","id":"1","type":"t","source":"/s","ext":"ü\\"\\\\"}'),
    });
  });

  it.each([
    ['application/json', '{"b" :1.0}', '"data":{"b" :1.0}'],
    ['application/x+json; charset=utf-8', '"x"', '"data":"x"'],
    ['text/json', 'null', '"data":null'],
    ['application/json', 'no JSON', '"data_base64":"bm8gSlNPTg=="'],
    ['application/json', '', '"data_base64":""'],
    ['application/json', '{},"id":"2"', '"data_base64":"e30sImlkIjoiMiI="'],
    ['text/plain', 'a\n"b" ü', '"data":"a\\n\\"b\\" ü"'],
    ['text/plain', '', '"data":""'],
    ['application/xml', '<a/>', '"data":"<a/>"'],
    ['image/svg+xml; charset=UTF-8', '<a/>', '"data":"<a/>"'],
    ['text/plain; charset=latin1', 'a', '"data_base64":"YQ=="'],
    ['application/octet-stream', 'a', '"data_base64":"YQ=="'],
  ])('writes data of %s %j as %s', (datacontenttype, data, members) => {
    const type = `"datacontenttype":"${datacontenttype}",`;
    expect(dataMembers(anEvent({ datacontenttype }, data))).toBe(`${type}${members}}`);
  });

  it('writes bytes that are no UTF-8 in Base64, whatever the content type says', () => {
    const bytes = Buffer.from([0x22, 0xff, 0x22]);
    for (const datacontenttype of ['application/json', 'text/plain']) {
      expect(dataMembers(anEvent({ datacontenttype }, bytes))).toContain('"data_base64":"Iv8i"');
    }
  });

  it('writes data without a content type in Base64', () => {
    expect(dataMembers(anEvent({}, '{}'))).toBe('"data_base64":"e30="}');
  });

  it('writes version 0.3 with the encoding that 0.3 has', () => {
    const v03 = { specversion: '0.3' };
    const type = { datacontenttype: 'image/png' };
    expect(dataMembers(anEvent({ ...v03, ...type }, 'a'))).toBe(
      '"datacontenttype":"image/png","datacontentencoding":"base64","data":"YQ=="}',
    );
    const json = { ...v03, datacontenttype: 'application/json' };
    expect(dataMembers(anEvent(json, '{"a":1}'))).toContain('"data":{"a":1}');
  });

  it('passes on what a sender of 0.3 encoded himself', () => {
    const attributes = {
      specversion: '0.3',
      datacontenttype: 'application/json',
      datacontentencoding: 'base64',
    };
    expect(dataMembers(anEvent(attributes, 'e30='))).toContain('"data":"e30="');
  });
});

describe('batched mode', () => {
  it('writes events in a list', () => {
    const one = encodeStructured(anEvent({ datacontenttype: 'text/plain' }, 'x')).body.toString();
    const event = anEvent({ datacontenttype: 'text/plain' }, 'x');
    expect(encodeBatch([event, event])).toEqual({
      headers: ['content-type', 'application/cloudevents-batch+json'],
      body: Buffer.from(`[${one},${one}]`),
    });
    expect(encodeBatch([]).body.toString()).toBe('[]');
  });
});
