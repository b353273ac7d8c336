import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openKeyValueBucket, type KeyValueBucket } from '@jetmesh/jetstream';
import { eventually } from '../../support/eventually.ts';
import { startJetStream, stopAll, type JetStreamFixture } from './jetstream-fixture.ts';

let fixture: JetStreamFixture;

beforeAll(async () => {
  fixture = await startJetStream();
});

afterAll(stopAll);

function bytes(value: string): Uint8Array {
  return Buffer.from(value);
}

async function contents(bucket: KeyValueBucket): Promise<Record<string, string>> {
  const entries = await bucket.load();
  return Object.fromEntries(entries.map(({ key, value }) => [key, Buffer.from(value).toString()]));
}

describe('KeyValueBucket', () => {
  it('writes, changes and deletes when the expected revision is right', async () => {
    const bucket = await openKeyValueBucket(fixture.connection, 'basics');
    expect(await contents(bucket)).toEqual({});
    expect(await bucket.put('/a', bytes('1'), 'absent')).toEqual({ kind: 'written', revision: 1 });
    expect(await bucket.put('/b', bytes('1'), 'absent')).toEqual({ kind: 'written', revision: 2 });
    expect(await bucket.put('/a', bytes('2'), 1)).toEqual({ kind: 'written', revision: 3 });
    expect(await bucket.delete('/b', 2)).toEqual({ kind: 'written', revision: 4 });
    expect(await contents(bucket)).toEqual({ '/a': '2' });
  });

  it('reports a conflict and changes nothing when it is wrong', async () => {
    const bucket = await openKeyValueBucket(fixture.connection, 'conflicts');
    await bucket.put('a', bytes('1'), 'absent');
    const conflict = { kind: 'conflict' };
    expect(await bucket.put('a', bytes('2'), 'absent')).toEqual(conflict);
    expect(await bucket.put('a', bytes('2'), 7)).toEqual(conflict);
    expect(await bucket.put('b', bytes('2'), 1)).toEqual(conflict);
    expect(await bucket.delete('a', 7)).toEqual(conflict);
    expect(await contents(bucket)).toEqual({ a: '1' });
  });

  it('lets one of several writers win', async () => {
    const bucket = await openKeyValueBucket(fixture.connection, 'race');
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) => bucket.put('a', bytes(String(index)), 'absent')),
    );
    expect(results.filter(({ kind }) => kind === 'written')).toHaveLength(1);
  });

  it('takes a deleted key for absent, and revisions never go back', async () => {
    const bucket = await openKeyValueBucket(fixture.connection, 'again');
    await bucket.put('a', bytes('1'), 'absent');
    await bucket.delete('a', 1);
    expect(await bucket.put('a', bytes('2'), 1)).toEqual({ kind: 'conflict' });
    await bucket.load();
    expect(await bucket.put('a', bytes('2'), 'absent')).toEqual({ kind: 'written', revision: 3 });
    await bucket.put('b', bytes('1'), 'absent');
    await bucket.delete('b', 4);
    await bucket.put('c', bytes('1'), 'absent');
    expect(await contents(bucket)).toEqual({ a: '2', c: '1' });
    expect((await fixture.admin.streamState('KV_again'))?.messages).toBe(2);
    expect(await bucket.put('b', bytes('2'), 'absent')).toEqual({ kind: 'written', revision: 7 });
  });

  it('keeps any key and any bytes', async () => {
    const bucket = await openKeyValueBucket(fixture.connection, 'keys');
    const keys = ['rbac/system:node', 'a.b', 'a b', 'é', '*', '>', '=', '/registry/x/y-z_1'];
    for (const key of keys) await bucket.put(key, Buffer.from([0, 255, 13, 10]), 'absent');
    const entries = await bucket.load();
    expect(entries.map(({ key }) => key).sort()).toEqual([...keys].sort());
    expect(
      entries.every(({ value }) => Buffer.from(value).equals(Buffer.from([0, 255, 13, 10]))),
    ).toBe(true);
  });

  it('keeps everything over a crash of the server, and opens what is there', async () => {
    const own = await startJetStream();
    const bucket = await openKeyValueBucket(own.connection, 'crash');
    await bucket.put('a', bytes('1'), 'absent');
    await bucket.put('b', bytes('1'), 'absent');
    await bucket.delete('b', 2);
    await own.server.kill('SIGKILL');
    await own.server.restart();
    await eventually(() => own.connection.isConnected);
    const reopened = await eventually(() => openKeyValueBucket(own.connection, 'crash'));
    expect(await contents(reopened)).toEqual({ a: '1' });
    expect(await reopened.put('c', bytes('1'), 'absent')).toEqual({ kind: 'written', revision: 4 });
  });
});
