import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FakeConnection } from '../connection/fake-connection.ts';
import { Outbox } from './outbox.ts';
import type { OutgoingMessage } from './outgoing-message.ts';
import type { PublishOutcome } from './publish-outcome.ts';

const limits = { maxOutstandingCount: 3, maxOutstandingBytes: 10_000, deadlineMs: 10_000 };
const noResponders = { headers: 'NATS/1.0 503\r\n\r\n' };

let connection: FakeConnection;
let outbox: Outbox;

beforeEach(() => {
  jest.useFakeTimers();
  connection = new FakeConnection();
  outbox = new Outbox(connection, limits);
});

afterEach(() => {
  jest.useRealTimers();
});

function message(more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    subject: 'ceb.b.s00.t',
    headers: ['ce-id', '1'],
    data: Buffer.from('hi'),
    messageId: 'm-1',
    ...more,
  };
}

/** The outcome so far. */
function watch(publish: Promise<PublishOutcome>): { outcome: PublishOutcome | undefined } {
  const watched: { outcome: PublishOutcome | undefined } = { outcome: undefined };
  void publish.then((outcome) => (watched.outcome = outcome));
  return watched;
}

function ack(sentIndex: number, data = '{"stream":"S","seq":1}'): void {
  connection.deliver(connection.sent[sentIndex]?.reply ?? '', { data });
}

describe('Outbox', () => {
  it('writes what one turn publishes at the end of that turn, with the id', async () => {
    void outbox.publish(message());
    void outbox.publish(message({ messageId: 'm-2' }));
    expect(connection.sent).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(0);
    expect(connection.sent).toHaveLength(2);
    expect(connection.sent[0]).toEqual({
      subject: 'ceb.b.s00.t',
      data: 'hi',
      reply: 'inbox1.1',
      headers: 'NATS/1.0\r\nNats-Msg-Id: m-1\r\nce-id: 1\r\n\r\n',
    });
  });

  it('settles by the reply of that very publish, in any order', async () => {
    const one = watch(outbox.publish(message()));
    const two = watch(outbox.publish(message()));
    await jest.advanceTimersByTimeAsync(0);
    ack(1, '{"stream":"S","seq":2}');
    await jest.advanceTimersByTimeAsync(0);
    expect([one.outcome, two.outcome]).toMatchObject([undefined, { sequence: 2 }]);
    ack(0);
    ack(0);
    await jest.advanceTimersByTimeAsync(0);
    expect(one.outcome).toMatchObject({ sequence: 1 });
    expect(outbox.outstandingCount).toBe(0);
  });

  it('sends again with the same id when no answer comes, until one does', async () => {
    const publish = watch(outbox.publish(message()));
    await jest.advanceTimersByTimeAsync(6_000);
    expect(connection.sent.length).toBeGreaterThanOrEqual(3);
    expect(new Set(connection.sent.map(({ headers, reply }) => `${headers}${reply}`)).size).toBe(1);
    ack(0);
    await jest.advanceTimersByTimeAsync(0);
    expect(publish.outcome).toMatchObject({ kind: 'stored' });
    const count = connection.sent.length;
    await jest.advanceTimersByTimeAsync(20_000);
    expect(connection.sent).toHaveLength(count);
  });

  it('tries a subject without a stream often, and says so at the deadline', async () => {
    const publish = watch(outbox.publish(message()));
    let answeredCount = 0;
    for (let time = 0; time < 10_100; time += 50) {
      await jest.advanceTimersByTimeAsync(50);
      if (connection.sent.length === answeredCount) continue;
      answeredCount = connection.sent.length;
      connection.deliver('inbox1.1', noResponders);
    }
    expect(connection.sent.length).toBeGreaterThan(20);
    expect(publish.outcome).toEqual({ kind: 'no-stream' });
  });

  it('does not claim that there is no stream when the last attempt was not answered', async () => {
    const publish = watch(outbox.publish(message()));
    await jest.advanceTimersByTimeAsync(0);
    connection.deliver('inbox1.1', noResponders);
    await jest.advanceTimersByTimeAsync(11_000);
    expect(publish.outcome).toEqual({ kind: 'unavailable', reason: 'deadline' });
  });

  it('keeps what is outstanding over a reconnect, and refuses new messages meanwhile', async () => {
    const publish = watch(outbox.publish(message()));
    await jest.advanceTimersByTimeAsync(0);
    connection.setConnected(false);
    expect(await outbox.publish(message())).toEqual({
      kind: 'unavailable',
      reason: 'disconnected',
    });
    await jest.advanceTimersByTimeAsync(5_000);
    expect(connection.sent).toHaveLength(1);
    connection.setConnected(true);
    await jest.advanceTimersByTimeAsync(0);
    expect(connection.sent).toHaveLength(2);
    ack(1);
    await jest.advanceTimersByTimeAsync(0);
    expect(publish.outcome).toMatchObject({ kind: 'stored' });
  });

  it('loses nothing when the connection goes between the publish and the end of the turn', async () => {
    const publish = watch(outbox.publish(message()));
    connection.setConnected(false);
    await jest.advanceTimersByTimeAsync(10);
    connection.setConnected(true);
    await jest.advanceTimersByTimeAsync(10);
    expect(connection.sent).toHaveLength(1);
    ack(0);
    await jest.advanceTimersByTimeAsync(0);
    expect(publish.outcome).toMatchObject({ kind: 'stored' });
  });

  it('refuses at once beyond its limits, and again takes more when some is settled', async () => {
    const data = Buffer.alloc(2_000);
    for (let index = 0; index < 3; index++) void outbox.publish(message({ data }));
    const overloaded = { kind: 'unavailable', reason: 'overloaded' };
    expect(await outbox.publish(message())).toEqual(overloaded);
    await jest.advanceTimersByTimeAsync(0);
    ack(0);
    expect(await outbox.publish(message({ data: Buffer.alloc(9_000) }))).toEqual(overloaded);
    expect(watch(outbox.publish(message())).outcome).toBeUndefined();
    expect(outbox.outstandingCount).toBe(3);
  });

  it('asks the server that is there now how large a message may be', async () => {
    const publish = watch(outbox.publish(message({ data: Buffer.alloc(5_000) })));
    connection.setConnected(false);
    connection.maxPayloadBytes = 4_096;
    connection.setConnected(true);
    await jest.advanceTimersByTimeAsync(0);
    expect(publish.outcome).toEqual({ kind: 'too-large', limitBytes: 4_096 });
    expect(connection.sent).toHaveLength(0);
  });

  it.each(['', 'a b', 'a\r\nPUB b', 'é', 'a'.repeat(2_000)])(
    'crashes rather than send the subject %j, which would end the connection',
    (subject) => {
      expect(() => outbox.publish(message({ subject }))).toThrow('Illegal subject');
    },
  );

  it('crashes rather than send an order to the server among the headers', () => {
    expect(() => outbox.publish(message({ headers: ['Nats-Rollup', 'all'] }))).toThrow('Header');
  });

  it('leaves no timer behind when nothing is outstanding', async () => {
    void outbox.publish(message());
    await jest.advanceTimersByTimeAsync(0);
    ack(0);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(jest.getTimerCount()).toBe(0);
  });
});
