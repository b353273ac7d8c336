import { describe, expect, it } from '@jest/globals';
import type { PublishOutcome } from './publish-outcome.ts';
import { publishReply } from './publish-reply.ts';

function replyTo(data: string, headers = '') {
  const hdr = headers === '' ? -1 : headers.length;
  const _rdata = Buffer.from(`${headers}${data}`);
  return publishReply({ _msg: { subject: Buffer.from('in.1'), hdr }, _rdata }, 1_000);
}

function error(code: number): string {
  return JSON.stringify({
    error: { code: 500, err_code: code, description: 'why' },
    stream: 'S',
    seq: 0,
  });
}

describe('publishReply', () => {
  it.each<[string, PublishOutcome]>([
    ['{"stream":"S", "seq":7}', { kind: 'stored', stream: 'S', sequence: 7, isDuplicate: false }],
    [
      '{"stream":"S","domain":"hub","seq":7,"duplicate": true}',
      { kind: 'stored', stream: 'S', sequence: 7, isDuplicate: true },
    ],
    [error(10077), { kind: 'stream-full' }],
    [error(10023), { kind: 'stream-full' }],
    [error(10047), { kind: 'stream-full' }],
    [error(10054), { kind: 'too-large', limitBytes: 1_000 }],
    [error(10097), { kind: 'too-large', limitBytes: 65_535 }],
    [error(10167), { kind: 'unavailable', reason: 'overloaded' }],
    [error(10060), { kind: 'refused', detail: 'why (10060)' }],
    ['{"error":{"code":503}}', { kind: 'refused', detail: 'error (0)' }],
    ['+OK', { kind: 'refused', detail: 'not a PubAck' }],
    ['', { kind: 'refused', detail: 'not a PubAck' }],
  ])('takes %s for the end', (data, outcome) => {
    expect(replyTo(data)).toEqual({ kind: 'final', outcome });
  });

  it.each([10008, 10009, 10158])('tries again after error %i', (code) => {
    expect(replyTo(error(code))).toEqual({
      kind: 'retry',
      lastWord: { kind: 'unavailable', reason: 'deadline' },
    });
  });

  it('tries again when nobody serves the subject', () => {
    expect(replyTo('', 'NATS/1.0 503\r\n\r\n')).toEqual({
      kind: 'retry',
      lastWord: { kind: 'no-stream' },
    });
  });
});
