import { describe, expect, it } from '@jest/globals';
import { AnswerReader, type Reading } from './answer-reader.ts';

const answer = (status: number, more: object = {}) => ({
  kind: 'answer',
  status,
  retryAfter: undefined,
  reusableMs: 4_000,
  ...more,
});

function readAll(text: string, pieceLength: number): Reading[] {
  const reader = new AnswerReader();
  const readings: Reading[] = [];
  for (let at = 0; at < text.length; at += pieceLength) {
    readings.push(reader.read(text.slice(at, at + pieceLength)));
  }
  return readings;
}

const complete: [string, string, object][] = [
  ['nothing but a status', 'HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n', answer(202)],
  ['no reason', 'HTTP/1.1 202\r\nContent-Length: 0\r\n\r\n', answer(202)],
  ['a body', 'HTTP/1.1 400 Bad Request\r\nContent-Length: 5\r\n\r\nerror', answer(400)],
  [
    'chunks',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n',
    answer(200),
  ],
  ['204 without a length', 'HTTP/1.1 204 No Content\r\n\r\n', answer(204)],
  [
    'a wait',
    'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n',
    answer(503, { retryAfter: '3' }),
  ],
  [
    'a hint first',
    'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n',
    answer(202),
  ],
  [
    'its patience',
    'HTTP/1.1 202 A\r\nKeep-Alive: timeout=75\r\nContent-Length: 0\r\n\r\n',
    answer(202, { reusableMs: 74_000 }),
  ],
  [
    'the end of the connection',
    'HTTP/1.1 202 A\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    answer(202, { reusableMs: 0 }),
  ],
  ['HTTP/1.0', 'HTTP/1.0 202 A\r\nContent-Length: 0\r\n\r\n', answer(202, { reusableMs: 0 })],
];

describe('AnswerReader', () => {
  it.each(complete)('reads an answer with %s, however it comes', (_, text, expected) => {
    for (const pieceLength of [1, 2, 7, text.length]) {
      const readings = readAll(text, pieceLength);
      expect(readings.at(-1)).toEqual(expected);
      expect(readings.slice(0, -1).every((reading) => reading === 'more')).toBe(true);
    }
  });

  it('reads to the end of the connection when the answer says no length', () => {
    const reader = new AnswerReader();
    expect(reader.read('HTTP/1.1 200 OK\r\n\r\nanything')).toBe('more');
    expect(reader.end()).toEqual(answer(200, { reusableMs: 0 }));
  });

  it('does not use a connection again that says more than was asked', () => {
    const text = 'HTTP/1.1 202 A\r\nContent-Length: 0\r\n\r\nHTTP/1.1 500 B';
    expect(new AnswerReader().read(text)).toEqual(answer(202, { reusableMs: 0 }));
  });

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['a header without a name', 'HTTP/1.1 202 A\r\n: x\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 202 A\r\nContent-Length: 1\r\ncontent-length: 2\r\n\r\n'],
    ['a length that is none', 'HTTP/1.1 202 A\r\nContent-Length: -1\r\n\r\n'],
    [
      'length and chunks',
      'HTTP/1.1 202 A\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    ['another encoding', 'HTTP/1.1 202 A\r\nTransfer-Encoding: gzip, chunked\r\n\r\n'],
    ['a chunk without a size', 'HTTP/1.1 202 A\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'],
    ['a head without an end', `HTTP/1.1 202 A\r\nx: ${'y'.repeat(20_000)}`],
  ])('gives up on %s', (_, text) => {
    expect(readAll(text, text.length).at(-1)).toMatchObject({ kind: 'malformed' });
  });

  it('gives up on an answer that ends too soon', () => {
    const reader = new AnswerReader();
    reader.read('HTTP/1.1 202 A\r\nContent-Length: 5\r\n\r\nab');
    expect(reader.end()).toMatchObject({ kind: 'malformed' });
  });
});
