import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  deadLetterStreamConfig,
  deadLetterSubject,
  Outbox,
  type StreamSettings,
} from '@jetmesh/jetstream';
import {
  generousLimits,
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

async function deadLetters(settings: Partial<StreamSettings> = {}) {
  const uid = randomUUID();
  const config = deadLetterStreamConfig(uid, testSettings(settings));
  await fixture.admin.ensureStream(config);
  const park = (triggerUid: string, data: string) =>
    outbox.publish({
      subject: deadLetterSubject(uid, triggerUid),
      headers: [],
      data: Buffer.from(data),
      messageId: randomUUID(),
    });
  return { uid, config, park };
}

describe('a dead-letter stream', () => {
  it('always has room for one more: a full one gives up its oldest', async () => {
    const { config, park } = await deadLetters({ maxBytes: 10_000 });
    for (let count = 0; count < 10; count += 1) {
      expect(await park('t', 'x'.repeat(2_000))).toMatchObject({ kind: 'stored' });
    }
    const state = await fixture.admin.streamState(config.name);
    expect(state).toMatchObject({ lastSequence: 10, removedBetweenCount: 0 });
    expect(state?.firstSequence).toBeGreaterThan(5);
  });

  it('that refused when it was full is changed in place', async () => {
    const { config } = await deadLetters();
    const asBefore = { ...config, name: `${config.name}x`, discard: 'new', subjects: ['other.>'] };
    const wanted = { ...asBefore, discard: 'old' } as const;
    await fixture.admin.ensureStream(asBefore as typeof config);
    expect(await fixture.admin.ensureStream(wanted)).toEqual({ kind: 'updated' });
    expect(await fixture.admin.ensureStream(wanted)).toEqual({ kind: 'unchanged' });
  });

  it('tells how many events each Trigger has, and which is its oldest', async () => {
    const { uid, config, park } = await deadLetters();
    for (const [trigger, data] of [
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ] as const) {
      await park(trigger, data);
    }
    const subject = deadLetterSubject(uid, 'a');
    const { admin } = fixture;
    const counts = await admin.countBySubject(config.name);
    expect(Object.fromEntries(counts)).toEqual({ [subject]: 2, [deadLetterSubject(uid, 'b')]: 1 });
    expect((await admin.readOldest(config.name, subject))?.data.toString()).toBe('1');
    await admin.deleteMessage(config.name, 1);
    expect((await admin.readOldest(config.name, subject))?.data.toString()).toBe('3');
    expect((await admin.readOldest(config.name, '>'))?.sequence).toBe(2);
    expect((await admin.readOldest(config.name, '>', 3))?.sequence).toBe(3);
    await admin.deleteMessage(config.name, 3);
    expect(await admin.readOldest(config.name, subject)).toBeUndefined();
    expect(await admin.countBySubject('NONE')).toEqual(new Map());
  });

  it('tells when its oldest event was stored, and what was removed from between', async () => {
    const { config, park } = await deadLetters({ maxAgeMs: 3_600_000 });
    for (const data of ['1', '2', '3']) await park('t', data);
    await fixture.admin.deleteMessage(config.name, 2);
    const state = await fixture.admin.streamState(config.name);
    expect(state).toMatchObject({ messages: 2, removedBetweenCount: 1 });
    expect(Math.abs((state?.firstTimestampMs ?? 0) - Date.now())).toBeLessThan(60_000);
    const streams = await fixture.admin.listStreams();
    expect(streams.find(({ name }) => name === config.name)).toMatchObject({
      maxAgeMs: 3_600_000,
      removedBetweenCount: 1,
    });
  });
});
