import { describe, expect, it } from '@jest/globals';
import type { NatsConnection } from 'nats';
import { ProtocolHandler } from 'nats/lib/nats-base-client/protocol.js';
import { ClientPort } from './client-port.ts';

/** The client's own protocol code, without a socket: what it would write. */
function aPort(): { port: ClientPort; written: () => string } {
  const options = { servers: ['127.0.0.1'], pingInterval: 1_000, maxPingOut: 2 };
  const protocol = new ProtocolHandler(options, {} as never);
  protocol.info = { headers: true, max_payload: 1_000 } as never;
  const port = new ClientPort(protocol as unknown as NatsConnection, () => undefined);
  return { port, written: () => Buffer.from(protocol.outbound.drain()).toString('latin1') };
}

describe('ClientPort', () => {
  it('hands a ready header block to the client, which writes it as it is', () => {
    const { port, written } = aPort();
    const block = Buffer.from('NATS/1.0\r\nA: \u00e9\r\n\r\n', 'latin1');
    port.publish('a.b', Buffer.from('hi'), 'in.box', block);
    expect(written()).toBe(`HPUB a.b in.box 18 20\r\n${block.toString('latin1')}hi\r\n`);
  });

  it('publishes without headers and without a reply', () => {
    const { port, written } = aPort();
    port.publish('a.b', Buffer.from('hi'));
    port.publish('c', Buffer.from('ho'), 'in.box');
    expect(written()).toBe('PUB a.b 2\r\nhi\r\nPUB c in.box 2\r\nho\r\n');
  });

  it('has inboxes that nobody else has', () => {
    const { port } = aPort();
    expect(port.newInbox()).toMatch(/^_INBOX\.\w+$/);
    expect(port.newInbox()).not.toBe(port.newInbox());
  });
});
