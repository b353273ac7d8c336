import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FakeConnection } from '../connection/fake-connection.ts';
import type { MessagePull, PullSettings } from './message-pull.ts';
import { MessagePuller } from './message-puller.ts';
import type { StreamMessage } from './stream-message.ts';

const nextMessages = '$JS.API.CONSUMER.MSG.NEXT.S.C';
const consumerInfo = '$JS.API.CONSUMER.INFO.S.C';

let connection: FakeConnection;
let puller: MessagePuller;
let received: StreamMessage[];
let missingCount: number;

beforeEach(() => {
  jest.useFakeTimers();
  connection = new FakeConnection();
  puller = new MessagePuller(connection, { ackWaitMs: 30_000, random: () => 0.5 });
  received = [];
  missingCount = 0;
});

afterEach(() => {
  jest.useRealTimers();
});

async function open(more: Partial<PullSettings> = {}): Promise<MessagePull> {
  const pull = puller.open({
    stream: 'S',
    consumer: 'C',
    maxUnsettled: 8,
    maxUnsettledBytes: 8 * 1024 ** 2,
    onMessage: (message) => received.push(message),
    onConsumerMissing: () => missingCount++,
    ...more,
  });
  await jest.advanceTimersByTimeAsync(0);
  return pull;
}

interface Request {
  readonly batch: number;
  readonly max_bytes: number;
  readonly expires: number;
  readonly idle_heartbeat: number;
}

function requests(): Request[] {
  const sent = connection.sent.filter(({ subject }) => subject === nextMessages);
  return sent.map(({ data }) => JSON.parse(data) as Request);
}

function settlements(): string[] {
  const sent = connection.sent.filter(({ subject }) => subject.startsWith('$JS.ACK.'));
  return sent.map(({ subject, data }) => `${data} ${subject.split('.').slice(4, 6).join('.')}`);
}

function lastInbox(): string {
  return connection.sent.findLast(({ subject }) => subject === nextMessages)?.reply ?? '';
}

function deliver(sequence: number, deliveryCount = 1, inbox = lastInbox()): void {
  const reply = `$JS.ACK.S.C.${deliveryCount}.${sequence}.${sequence}.1795616573618937043.0`;
  connection.deliver(inbox, { reply, data: `m${sequence}`, headers: 'NATS/1.0\r\nA: b\r\n\r\n' });
}

function status(line: string, inbox = lastInbox()): void {
  connection.deliver(inbox, { headers: `NATS/1.0 ${line}\r\n\r\n` });
}

describe('MessagePuller', () => {
  it('asks for the window, with a heartbeat that comes soon at first', async () => {
    await open();
    expect(requests()).toEqual([
      { batch: 8, max_bytes: 1024 ** 2 + 8_192, expires: 3e9, idle_heartbeat: 5e8 },
    ]);
    status('100 Idle Heartbeat');
    status('408 Request Timeout\r\nNats-Pending-Messages: 8\r\nNats-Pending-Bytes: 1');
    await jest.advanceTimersByTimeAsync(0);
    expect(requests()[1]).toMatchObject({ batch: 8, expires: 60e9, idle_heartbeat: 10e9 });
  });

  it('hands over what arrives, and writes the settlements of a turn together', async () => {
    await open();
    deliver(1);
    deliver(2);
    deliver(3);
    expect(received).toMatchObject([
      { sequence: 1, deliveryCount: 1, headers: ['A', 'b'], data: Buffer.from('m1') },
      { sequence: 2 },
      { sequence: 3 },
    ]);
    received[0]?.ack();
    received[1]?.nak(1_500);
    received[2]?.term();
    expect(settlements()).toEqual([]);
    await jest.advanceTimersByTimeAsync(0);
    expect(settlements()).toEqual(['+ACK 1.1', '-NAK {"delay": 1500000000} 1.2', '+TERM 1.3']);
    expect(requests().map(({ batch }) => batch)).toEqual([8, 3]);
  });

  it('tells the server of messages older than a third of the ack wait, again and again', async () => {
    await open();
    deliver(1);
    await jest.advanceTimersByTimeAsync(9_700);
    expect(settlements()).toEqual([]);
    await jest.advanceTimersByTimeAsync(800);
    expect(settlements()).toEqual(['+WPI 1.1']);
    await jest.advanceTimersByTimeAsync(10_500);
    expect(settlements()).toHaveLength(2);
    received[0]?.ack();
    await jest.advanceTimersByTimeAsync(20_000);
    expect(settlements()).toEqual(['+WPI 1.1', '+WPI 1.1', '+ACK 1.1']);
  });

  it('keeps a message that is delivered again while it is held, and settles the newest delivery', async () => {
    await open();
    deliver(1);
    deliver(1, 2);
    expect(received).toHaveLength(1);
    received[0]?.ack();
    await jest.advanceTimersByTimeAsync(0);
    expect(settlements()).toEqual(['+ACK 2.1']);
  });

  it('keeps settlements while the connection is down, and pulls on in a new inbox', async () => {
    await open();
    deliver(1);
    const inbox = lastInbox();
    connection.setConnected(false);
    received[0]?.ack();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(settlements()).toEqual([]);
    expect(requests()).toHaveLength(1);
    connection.setConnected(true);
    await jest.advanceTimersByTimeAsync(0);
    expect(settlements()).toEqual(['+ACK 1.1']);
    expect(requests().map(({ batch }) => batch)).toEqual([8, 8]);
    expect(lastInbox()).not.toBe(inbox);
  });

  it('starts when the connection is there', async () => {
    connection.setConnected(false);
    await open();
    expect(requests()).toHaveLength(0);
    connection.setConnected(true);
    await jest.advanceTimersByTimeAsync(0);
    expect(requests()).toHaveLength(1);
  });

  it('takes a consumer for missing that nobody answers for, asks on, and says when it is missing again', async () => {
    await open();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(missingCount).toBe(1);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(missingCount).toBe(1);
    const count = requests().length;
    for (let ms = 0; ms < 7_000 && requests().length === count; ms += 50) {
      await jest.advanceTimersByTimeAsync(50);
    }
    deliver(1);
    expect(received).toHaveLength(1);
    status('409 Consumer Deleted');
    expect(missingCount).toBe(2);
  });

  it.each(['', 'a b', 'a.b', '*', 'a\r\nPUB b'])(
    'never puts the name %j into a subject: no consumer has it',
    async (consumer) => {
      const pull = await open({ consumer });
      pull.resume();
      await jest.advanceTimersByTimeAsync(10_000);
      connection.setConnected(true);
      await jest.advanceTimersByTimeAsync(10_000);
      expect(missingCount).toBe(1);
      expect(connection.log).toEqual([]);
    },
  );

  it('makes room when a message is larger than the server now allows', async () => {
    await open();
    status(
      '409 Message Size Exceeds MaxBytes\r\nNats-Pending-Messages: 8\r\nNats-Pending-Bytes: 1056768',
    );
    await jest.advanceTimersByTimeAsync(1_000);
    const [first, second] = requests();
    expect(second?.max_bytes).toBe(2 * (first?.max_bytes ?? 0));
  });

  it('asks anew in another inbox after a refusal', async () => {
    await open();
    const inbox = lastInbox();
    status('409 Exceeded MaxWaiting');
    await jest.advanceTimersByTimeAsync(100);
    expect(requests()).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(500);
    expect(requests()).toHaveLength(2);
    expect(lastInbox()).not.toBe(inbox);
  });

  it('lets the server look for cancelled requests before it can hear of anything given back', async () => {
    const pull = await open();
    deliver(1);
    const start = connection.log.length;
    const stopped = pull.stop();
    pull.nakUnsettled();
    await jest.advanceTimersByTimeAsync(10);
    await stopped;
    expect(connection.log.slice(start)).toEqual([
      `UNSUB ${lastInbox()}`,
      `PUB ${consumerInfo}`,
      expect.stringMatching(/^PUB \$JS\.ACK\.S\.C\.1\.1\..* -NAK$/),
    ]);
  });

  it('gives back at once what arrives after the stop, and hands nothing over', async () => {
    const pull = await open();
    const inbox = lastInbox();
    const stopped = pull.stop();
    deliver(1, 1, inbox);
    await jest.advanceTimersByTimeAsync(10);
    await stopped;
    expect(received).toHaveLength(0);
    expect(settlements()).toEqual(['-NAK 1.1']);
  });

  it('closes for good: everything is given back, no timer stays', async () => {
    await open();
    deliver(1);
    const closed = puller.close();
    await jest.advanceTimersByTimeAsync(10);
    await closed;
    expect(settlements()).toEqual(['-NAK 1.1']);
    expect(jest.getTimerCount()).toBe(0);
    await expect(open()).rejects.toThrow('closed');
  });
});
