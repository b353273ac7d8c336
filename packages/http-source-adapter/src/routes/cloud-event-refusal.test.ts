import { describe, expect, it } from '@jest/globals';
import { publisherProxyText, sentAttributes, sourceAdapterText } from './cloud-event-refusal.ts';

const refusal = {
  kind: 'refused',
  code: 400,
  field: 'subject',
  rule: 'must not be empty',
} as const;
const complete = { specversion: '1.0', id: '1', source: '/s', type: 't' };

function binary(attributes: Record<string, string>) {
  const headers = Object.entries(attributes).flatMap(([name, value]) => [`Ce-${name}`, value]);
  return sentAttributes(['Host', 'x', ...headers], Buffer.alloc(0), undefined);
}

const cases: [string, Record<string, string>, string | undefined, string][] = [
  ['no specversion', { id: '1' }, undefined, 'unknown Message encoding'],
  ['0.1', { specversion: '0.1' }, 'unsupported cloudevents version', 'unknown Message encoding'],
  ['0.2', { specversion: '0.2' }, 'unsupported cloudevents version', 'unknown Message encoding'],
  [
    '0.3',
    { ...complete, specversion: '0.3', id: '' },
    'unsupported cloudevents version',
    'id: MUST be a non-empty string',
  ],
  ['2.0', { specversion: '2.0' }, 'unknown encoding: Unknown', 'unknown Message encoding'],
  ...(
    [
      ['no id', { ...complete, id: '' }, 'id: MUST be a non-empty string'],
      ['no source', { ...complete, source: ' ' }, 'source: REQUIRED'],
      ['no type', { ...complete, type: '' }, 'type: MUST be a non-empty string'],
      [
        'nothing but a specversion',
        { specversion: '1.0' },
        'id: MUST be a non-empty string\nsource: REQUIRED\ntype: MUST be a non-empty string',
      ],
      [
        'a bad time, which comes before missing attributes',
        { specversion: '1.0', time: 'foo' },
        'cannot convert "foo" to time.Time: not in RFC3339 format',
      ],
      ['another rule', complete, 'subject: must not be empty'],
    ] as const
  ).map(([name, sent, text]): (typeof cases)[number] => [name, sent, text, text]),
];

describe('the words for a refused CloudEvent', () => {
  it.each(cases)('with %s', (_case, sent, adapterText, proxyText) => {
    expect(sourceAdapterText(binary(sent), refusal)).toBe(adapterText);
    expect(publisherProxyText(binary(sent), refusal)).toBe(proxyText);
  });

  it.each(['application/cloudevents+json', 'application/cloudevents+json; charset=utf-8'])(
    'are found in a body of %s',
    (contentType) => {
      const body = Buffer.from(JSON.stringify({ ...complete, id: 7 }));
      const sent = sentAttributes(['content-type', contentType], body, undefined);
      expect(sourceAdapterText(sent, refusal)).toBe('id: MUST be a non-empty string');
    },
  );

  it('are those of the event of a batch that was refused', () => {
    const body = Buffer.from(JSON.stringify([complete, { ...complete, type: '' }]));
    const headers = ['content-type', 'application/cloudevents-batch+json'];
    const sent = sentAttributes(headers, body, 1);
    expect(sourceAdapterText(sent, refusal)).toBe('type: MUST be a non-empty string');
  });

  it.each(['{', '7', '[7]', ''])('say that the body %j cannot be read', (body) => {
    const headers = ['content-type', 'application/cloudevents+json'];
    const sent = sentAttributes(headers, Buffer.from(body), undefined);
    expect(sourceAdapterText(sent, refusal)).toBe('Invalid request');
    expect(publisherProxyText(sent, refusal)).toBe('unknown Message encoding');
  });
});
