import { describe, expect, it } from '@jest/globals';
import { legacyToCloudEvent } from './legacy-to-cloud-event.ts';
import { readLegacyEvent } from './read-legacy-event.ts';

const id = '31109198-4d69-4ae0-972d-76117f3748c8';

function canonical(api: 'v1' | 'v2', body: string) {
  const read = readLegacyEvent(api, body);
  if (read.kind === 'refused') throw new Error(read.error.message);
  const { attributes, data } = legacyToCloudEvent(read.event, {
    application: 'commerce',
    id,
    extensions: new Map([
      ['tenant', 'a'],
      ['source', 'forged'],
    ]),
  });
  return { attributes: Object.fromEntries(attributes), data: String(data) };
}

describe('legacyToCloudEvent', () => {
  it('makes the golden example of kyma.md §7.7 canonical', () => {
    const body = `{"event-type":"order.created","event-type-version":"v1","event-id":"${id}","event-time":"2020-01-01T10:00:00Z","data":{"orderCode":"42"}}`;
    expect(canonical('v1', body)).toEqual({
      attributes: {
        specversion: '1.0',
        id,
        source: 'commerce',
        type: 'order.created',
        time: '2020-01-01T10:00:00Z',
        datacontenttype: 'application/json',
        eventtypeversion: 'v1',
        tenant: 'a',
      },
      data: '{"orderCode":"42"}',
    });
  });

  it.each([
    ['a string stays quoted', '"hello"'],
    ['a number that no double holds', '12345678901234567890.00001'],
    ['spaces inside', '{ "a" : [ 1 ,2 ] }'],
    ['zero', '0'],
    ['false', 'false'],
    ['text outside ASCII', '{"größe":"🎉"}'],
  ])('keeps the exact text of the data: %s', (_case, data) => {
    const body = `{"event-type":"a","event-type-version":"v1","event-time":"2020-01-01T10:00:00Z","data": ${data} }`;
    expect(canonical('v1', body).data).toBe(data);
  });

  it('takes version 2 apart and carries datacontentencoding', () => {
    const body = `{"id":"${id}","source":"ignored","specversion":"0.3","type":"order.created","eventtypeversion":"v1","time":"2020-01-01T10:00:00Z","datacontentencoding":"base64","data":"aGVsbG8="}`;
    expect(canonical('v2', body)).toEqual({
      attributes: {
        specversion: '1.0',
        id,
        source: 'commerce',
        type: 'order.created',
        time: '2020-01-01T10:00:00Z',
        datacontenttype: 'application/json',
        eventtypeversion: 'v1',
        tenant: 'a',
        datacontentencoding: 'base64',
      },
      data: '"aGVsbG8="',
    });
  });
});
