import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeHeaderBlock, encodeHeaderBlock } from './header-block.ts';

const token = fc.string({ unit: fc.constantFrom('a', 'Z', '0', '-', '_'), minLength: 1 });
const byte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const value = fc.string({ unit: byte }).filter((text) => !/[\r\n]/.test(text));
const headerList = fc
  .array(
    fc.tuple(
      token.filter((name) => !/^nats-/i.test(name)),
      value,
    ),
  )
  .map((headers) => headers.flat());

describe('encodeHeaderBlock', () => {
  it('writes one line a header, bytes as they are', () => {
    const block = encodeHeaderBlock(['ce-id', '1', 'ce-x', 'caf\u00c3\u00a9'], 'm-1');
    expect(block.toString('latin1')).toBe(
      'NATS/1.0\r\nNats-Msg-Id: m-1\r\nce-id: 1\r\nce-x: caf\u00c3\u00a9\r\n\r\n',
    );
  });

  it('is undone by decodeHeaderBlock for any headers, empty values and blanks included', () => {
    fc.assert(
      fc.property(headerList, (headers) => {
        expect(decodeHeaderBlock(encodeHeaderBlock(headers, 'id'))).toEqual(headers);
      }),
    );
  });

  it.each([
    [['Nats-Rollup', 'all']],
    [['nats-expected-stream', 'x']],
    [['NATS-TTL', '1s']],
    [['', 'x']],
    [['a b', 'x']],
    [['a:b', 'x']],
    [['a\r\nNats-Rollup', 'x']],
    [['a', 'x\r\nNats-Rollup: all']],
    [['a', 'x\ny']],
    [['a', '€']],
    [['a']],
  ])('does not let %j come near the server', (headers) => {
    expect(() => encodeHeaderBlock(headers, 'id')).toThrow(/Header/);
  });

  it('does not let a message id break out either', () => {
    expect(() => encodeHeaderBlock([], 'x\r\nNats-Rollup: all')).toThrow(/Header/);
  });
});

describe('decodeHeaderBlock', () => {
  it.each([
    ['', []],
    ['NATS/1.0\r\n\r\n', []],
    ['NATS/1.0\r\nA:1\r\nB: 2\r\nC:  3 \r\n\r\n', ['A', '1', 'B', '2', 'C', ' 3 ']],
    ['NATS/1.0\r\nno colon\r\nA: b: c\r\n\r\n', ['A', 'b: c']],
    ['NATS/1.0\r\nNats-Msg-Id: 1\r\nA: 1\r\nNats-Subject: x\r\n\r\n', ['A', '1']],
  ])('reads %j', (block, headers) => {
    expect(decodeHeaderBlock(Buffer.from(block, 'latin1'))).toEqual(headers);
  });
});
