import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  deadLetterStreamConfig,
  deadLetterSubject,
  Outbox,
  readHeaders,
  type HeadersRange,
} from '@jetmesh/jetstream';
import { randomUUID } from 'node:crypto';
import {
  generousLimits,
  numbered,
  startJetStream,
  stopAll,
  testSettings,
  type JetStreamFixture,
} from './jetstream-fixture.ts';

let fixture: JetStreamFixture;
let outbox: Outbox;

beforeAll(async () => {
  fixture = await startJetStream();
  outbox = new Outbox(fixture.connection, generousLimits);
});

afterAll(async () => {
  await outbox.close();
  await stopAll();
});

/** A dead-letter stream with events that carry their number in a header. */
async function parked(count: number): Promise<string> {
  const uid = randomUUID();
  const config = deadLetterStreamConfig(uid, testSettings());
  await fixture.admin.ensureStream(config);
  for (const id of numbered(count)) {
    await outbox.publish({
      subject: deadLetterSubject(uid, 'trigger'),
      headers: ['ce-id', id],
      data: Buffer.from('payload'),
      messageId: randomUUID(),
    });
  }
  return config.name;
}

async function idsOf(stream: string, range?: HeadersRange): Promise<string[]> {
  const ids: string[] = [];
  for await (const { headers } of readHeaders(fixture.connection, stream, range)) {
    ids.push(headers[headers.indexOf('ce-id') + 1] ?? '');
  }
  return ids;
}

async function consumerCount(stream: string): Promise<number | undefined> {
  return (await fixture.admin.streamState(stream))?.consumerCount;
}

describe('reading the headers of a stream', () => {
  it.each([
    [0, 3],
    [1, 3],
    [3, 3],
    [7, 3],
  ])('reads %i messages in order, %i a page, and leaves no consumer', async (count, pageSize) => {
    const stream = await parked(count);
    expect(await idsOf(stream, { pageSize })).toEqual(numbered(count));
    expect(await consumerCount(stream)).toBe(0);
  });

  it('says where and when each is stored', async () => {
    const stream = await parked(1);
    for await (const message of readHeaders(fixture.connection, stream)) {
      expect(message).toMatchObject({ sequence: 1, headers: ['ce-id', '0'] });
      expect(Math.abs(message.timestampMs - Date.now())).toBeLessThan(60_000);
    }
  });

  it('skips gaps, and messages that are deleted while it reads', async () => {
    const stream = await parked(6);
    await fixture.admin.deleteMessage(stream, 2);
    const ids: string[] = [];
    for await (const { headers, sequence } of readHeaders(fixture.connection, stream, {
      pageSize: 2,
    })) {
      if (sequence === 1) await fixture.admin.deleteMessage(stream, 6);
      ids.push(headers[1] ?? '');
    }
    expect(ids).toEqual(['0', '2', '3', '4']);
  });

  it('starts at a time', async () => {
    const stream = await parked(3);
    expect(await idsOf(stream, { since: new Date(Date.now() - 60_000) })).toEqual(numbered(3));
    expect(await idsOf(stream, { since: new Date(Date.now() + 60_000) })).toEqual([]);
  });

  it('leaves no consumer when the reader stops early', async () => {
    const stream = await parked(5);
    const reader = readHeaders(fixture.connection, stream, { pageSize: 2 });
    await reader.next();
    await reader.return();
    expect(await consumerCount(stream)).toBe(0);
  });

  it('fails for a stream that is not there', async () => {
    await expect(idsOf('JETMESH_DEAD_none')).rejects.toMatchObject({ code: 'api-error' });
  });
});
