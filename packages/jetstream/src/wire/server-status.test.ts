import { describe, expect, it } from '@jest/globals';
import { serverStatus } from './server-status.ts';

function statusOf(block: string, hdr = block.length) {
  return serverStatus({
    _msg: { subject: Buffer.from('in.box'), hdr },
    _rdata: Buffer.from(block),
  });
}

describe('serverStatus', () => {
  it('reads code, text and what a request had left', () => {
    const block =
      'NATS/1.0 408 Request Timeout\r\nNats-Pending-Messages: 10\r\nNats-Pending-Bytes: 2000\r\n\r\n';
    expect(statusOf(block)).toEqual({
      code: 408,
      text: 'Request Timeout',
      pendingCount: 10,
      pendingBytes: 2000,
    });
  });

  it('reads a status without a text', () => {
    expect(statusOf('NATS/1.0 503\r\n\r\n')).toMatchObject({ code: 503, text: '' });
  });

  it('finds none in a message of a stream, or without headers', () => {
    expect(statusOf('NATS/1.0\r\nA: 408\r\n\r\n')).toBeUndefined();
    expect(statusOf('NATS/1.0 408 x\r\n\r\n', -1)).toBeUndefined();
  });
});
