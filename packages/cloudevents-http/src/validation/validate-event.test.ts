import { describe, expect, it } from '@jest/globals';
import { withAttributes } from '../with-attributes.ts';
import { validateEvent } from './validate-event.ts';

const required = { specversion: '1.0', id: '1', type: 't', source: '/s' };

function refusedField(changes: Record<string, string | undefined>): string | undefined {
  const event = { attributes: new Map(Object.entries(required)), data: undefined };
  const refusal = validateEvent(withAttributes(event, changes));
  expect(refusal?.code ?? 400).toBe(400);
  return refusal?.field;
}

describe('an attribute', () => {
  it.each([
    ['specversion', undefined],
    ['specversion', ''],
    ['specversion', '0.1'],
    ['specversion', '0.2'],
    ['specversion', '1'],
    ['specversion', '1.1'],
    ['specversion', '19.0'],
    ['id', undefined],
    ['id', ''],
    ['id', ' \u3000'],
    ['type', undefined],
    ['type', ' '],
    ['source', undefined],
    ['source', ''],
    ['source', 'a b'],
    ['source', 'a%2'],
    ['source', '1:b'],
    ['source', 'a#b#c'],
    ['source', 'a\\b'],
    ['source', 'ü'],
    ['source', 'http://[::1'],
    ['source', 'http://host:port/'],
    ['source', 'http://a[b]/'],
    ['subject', ''],
    ['subject', ' '],
    ['time', ''],
    ['time', '2020-01-01'],
    ['time', '2020-01-01T00:00:00'],
    ['time', '2020-01-01 00:00:00Z'],
    ['time', '2020-1-1T00:00:00Z'],
    ['time', '2020-13-01T00:00:00Z'],
    ['time', '2020-00-01T00:00:00Z'],
    ['time', '2020-01-32T00:00:00Z'],
    ['time', '2020-04-31T00:00:00Z'],
    ['time', '2019-02-29T00:00:00Z'],
    ['time', '2100-02-29T00:00:00Z'],
    ['time', '2020-01-01T24:00:00Z'],
    ['time', '2020-01-01T00:60:00Z'],
    ['time', '2020-01-01T00:00:61Z'],
    ['time', '2020-01-01T00:00:00.Z'],
    ['time', '2020-01-01T00:00:00+0100'],
    ['time', '2020-01-01T00:00:00+24:00'],
    ['datacontenttype', ''],
    ['datacontenttype', 'text'],
    ['datacontenttype', 'text/'],
    ['datacontenttype', 'text/plain; charset'],
    ['datacontenttype', 'text/plain, text/html'],
    ['datacontenttype', 'application/cloudevents+json'],
    ['datacontenttype', 'Application/CloudEvents-Batch+JSON; charset=utf-8'],
    ['dataschema', ''],
    ['dataschema', '/relative'],
    ['dataschema', 'a b:c'],
    ['Ext', 'x'],
    ['my-ext', 'x'],
    ['data', 'x'],
    ['ext', 'line\nbreak'],
    ['ext', '\ud800'],
    ['ext', '\ufdd0'],
  ])('%s may not be %j', (name, value) => {
    expect(refusedField({ [name]: value })).toBe(name);
  });

  it.each([
    ['specversion', '1.0'],
    ['id', 'ü 🎉'],
    ['source', 'a'],
    ['source', '/'],
    ['source', '//host/path'],
    ['source', './a:b'],
    ['source', '?query'],
    ['source', '#fragment'],
    ['source', 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6'],
    ['source', 'mailto:a@b.example'],
    ['source', 'https://user:x@host.example:8080/a%20b;c=d/?q=1/2?&x#/f?'],
    ['source', 'http://[2001:db8::7]:80/x'],
    ['source', 'http://host:/'],
    ['source', 'file:///etc'],
    ['source', 'commerce-mock'],
    ['source', "(a)'*,;=!$&+~_."],
    ['subject', 'x y'],
    ['time', '2020-02-29T23:59:60.123456789Z'],
    ['time', '2000-02-29t00:00:00z'],
    ['time', '2018-04-05T17:31:00-23:59'],
    ['datacontenttype', 'text/plain'],
    ['datacontenttype', 'text/plain ; charset=utf-8'],
    ['datacontenttype', 'multipart/mixed; boundary="a;\\"b"; x=y;'],
    ['datacontenttype', 'application/vnd.apache.thrift.binary'],
    ['dataschema', 'urn:x'],
    ['dataschema', 'https://example.com/schema#1'],
    ['schemaurl', 'no rule for it in 1.0'],
    ['abcdefghijklmnopqrstuvwxyz', 'long names too'],
    ['1', 'digits too'],
    ['ext', ''],
    ['ext', '\ufeff\u00a0'],
  ])('%s may be %j', (name, value) => {
    expect(refusedField({ [name]: value })).toBeUndefined();
  });

  it.each([
    ['schemaurl', 'schema/1', undefined],
    ['schemaurl', '', 'schemaurl'],
    ['schemaurl', 'a b', 'schemaurl'],
    ['datacontentencoding', 'base64', undefined],
    ['datacontentencoding', ' ', 'datacontentencoding'],
    ['dataschema', 'no rule for it in 0.3', undefined],
    ['time', 'x', 'time'],
    ['id', '', 'id'],
  ])('%s of version 0.3 set to %j: %s', (name, value, field) => {
    expect(refusedField({ specversion: '0.3', [name]: value })).toBe(field);
  });
});
