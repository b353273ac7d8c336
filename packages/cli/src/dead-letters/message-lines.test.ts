import { describe, expect, it } from '@jest/globals';
import { messageLines } from './message-lines.ts';

function linesOf(data: Buffer, headers: readonly string[] = []): string[] {
  return messageLines({ subject: 's', sequence: 1, timestampMs: 0, headers, data });
}

describe('showing a stored message', () => {
  it('prints headers, an empty line and data', () => {
    expect(linesOf(Buffer.from('{"a":\n1}\n'), ['ce-id', '1', 'ce-type', 't'])).toEqual([
      'ce-id: 1',
      'ce-type: t',
      '',
      '{"a":',
      '1}',
    ]);
  });

  it('prints the bytes of a header as UTF-8, control characters escaped', () => {
    const value = Buffer.from('Grüße\u0007').toString('latin1');
    expect(linesOf(Buffer.alloc(0), ['Jetmesh-Error-Data', value])).toEqual([
      'Jetmesh-Error-Data: Grüße\\u{7}',
    ]);
  });

  it.each([
    ['bytes that are no text', Buffer.from([0xff, 0xfe])],
    ['orders to a terminal', Buffer.from('\u001b[2J')],
    ['a lone carriage return', Buffer.from('a\rb')],
  ])('prints %s as base64', (_, data) => {
    expect(linesOf(data)).toEqual(['', `(${data.length} bytes, base64)`, data.toString('base64')]);
  });
});
