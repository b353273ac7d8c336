import { expect, it } from '@jest/globals';
import { requestBytes } from './request-bytes.ts';

const target = { host: 'broker:80', path: '/ns/default?x=1' };

it('is one piece for a small body, byte for byte', () => {
  const message = { headers: ['ce-id', '\xfc'], body: Buffer.from([0, 255]) };
  expect(Buffer.concat(requestBytes(target, message) ?? [])).toEqual(
    Buffer.from(
      'POST /ns/default?x=1 HTTP/1.1\r\nhost: broker:80\r\ncontent-length: 2\r\nce-id: \xfc\r\n\r\n\0\xff',
      'latin1',
    ),
  );
});

it('does not copy a large body', () => {
  const body = Buffer.alloc(100_000);
  expect(requestBytes(target, { headers: [], body })?.[1]).toBe(body);
});

it.each(['a\r\nb: c', 'a\nb', 'a\0'])(
  'refuses a header that would break the frame: %j',
  (value) => {
    expect(requestBytes(target, { headers: ['x', value], body: Buffer.alloc(0) })).toBeUndefined();
  },
);
