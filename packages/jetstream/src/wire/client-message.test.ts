import { describe, expect, it } from '@jest/globals';
import { MsgImpl } from 'nats/lib/nats-base-client/msg.js';
import { Parser, type ParserEvent } from 'nats/lib/nats-base-client/parser.js';
import type { ClientMessage } from './client-message.ts';

/** What the client makes of these bytes; this package reads it behind the public accessors. */
function received(wire: string): ClientMessage {
  const events: ParserEvent[] = [];
  const push = (event: ParserEvent) => events.push(event);
  new Parser({ push }).parse(Buffer.from(wire, 'latin1'));
  const [event] = events as [Required<ParserEvent>];
  const publisher = { publish: () => undefined };
  return new MsgImpl(event.msg, event.data, publisher);
}

function latin1(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString('latin1');
}

describe('ClientMessage', () => {
  it('is what the client has of a message with headers', () => {
    const block = 'NATS/1.0\r\nA: b\r\n\r\n';
    const { _msg, _rdata } = received(
      `HMSG in.box 7 re.ply ${block.length} ${block.length + 2}\r\n${block}hi\r\n`,
    );
    expect(latin1(_msg.subject)).toBe('in.box');
    expect(latin1(_msg.reply)).toBe('re.ply');
    expect(_msg.hdr).toBe(block.length);
    expect(latin1(_rdata)).toBe(`${block}hi`);
  });

  it('is what the client has of a message without', () => {
    const { _msg, _rdata } = received('MSG in.box 7 2\r\nhi\r\n');
    expect(latin1(_msg.subject)).toBe('in.box');
    expect(_msg.reply).toBeUndefined();
    expect(_msg.hdr).toBe(-1);
    expect(latin1(_rdata)).toBe('hi');
  });
});
