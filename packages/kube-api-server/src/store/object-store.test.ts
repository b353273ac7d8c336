import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '../logger.ts';
import type { KubeObject } from '../object/kube-object.ts';
import { memoryStorage } from '../storage/memory-storage.ts';
import type { ObjectStorage } from '../storage/object-storage.ts';
import { ObjectStore, type WriteDecision } from './object-store.ts';
import { snapshotAt } from './snapshot.ts';

const things = 'example.com/things';

function open(storage: ObjectStorage): Promise<ObjectStore> {
  const window = { maxCount: 100, maxBytes: 1000_000 };
  const options = { storage, logger: silentLogger, window, maxWaitingWrites: 10 };
  return ObjectStore.open({ ...options, writeTimeoutMs: 50 });
}

function thing(name: string, value: number): KubeObject {
  return { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name }, value };
}

function set(store: ObjectStore, name: string, value: number) {
  return store.write(things, name, () => ({ kind: 'put', object: thing(name, value) }));
}

function remove(store: ObjectStore, name: string) {
  return store.write(things, name, (current): WriteDecision =>
    current === undefined ? { kind: 'keep' } : { kind: 'delete', object: current },
  );
}

function names(store: ObjectStore): string[] {
  return store.list(things).map(({ metadata }) => metadata.name);
}

describe('ObjectStore', () => {
  it('gives each write the storage’s revision', async () => {
    const store = await open(memoryStorage());
    const first = await set(store, 'a', 1);
    const second = await set(store, 'a', 2);
    expect(first).toMatchObject({ kind: 'put', object: { metadata: { resourceVersion: '2' } } });
    expect(second).toMatchObject({ kind: 'put', object: { metadata: { resourceVersion: '3' } } });
    expect(store.revision).toBe(3);
  });

  it('decides on the newest state, and writes nothing when it keeps it', async () => {
    const store = await open(memoryStorage());
    await set(store, 'a', 1);
    const seen: unknown[] = [];
    const kept = await store.write(things, 'a', (current) => {
      seen.push(current?.value);
      return { kind: 'keep' };
    });
    expect({ kept, seen, revision: store.revision }).toEqual({
      kept: { kind: 'kept' },
      seen: [1],
      revision: 2,
    });
  });

  it('tells changes with the state before, deletions with the last one', async () => {
    const store = await open(memoryStorage());
    const told: unknown[] = [];
    store.listen((id, { kind, object, previous, revision }) => {
      told.push([id, kind, object.value, previous?.value, revision]);
    });
    await set(store, 'a', 1);
    await set(store, 'a', 2);
    await remove(store, 'a');
    expect(told).toEqual([
      [things, 'added', 1, undefined, 2],
      [things, 'modified', 2, 1, 3],
      [things, 'deleted', 2, 2, 4],
    ]);
  });

  it('finds what an earlier server stored, and no revision of its time can be watched from', async () => {
    const storage = memoryStorage();
    const earlier = await open(storage);
    await set(earlier, 'b', 1);
    await set(earlier, 'a', 2);
    await remove(earlier, 'b');
    const store = await open(storage);
    expect(names(store)).toEqual(['a']);
    const { window } = store.collection(things);
    expect(window.since(earlier.revision)).toBeUndefined();
    expect(window.since(store.revision)).toEqual([]);
  });

  it('reads the storage again after an answer that did not come', async () => {
    const storage = memoryStorage();
    let isMute = false;
    const mute: ObjectStorage = {
      ...storage,
      put: async (...write) => {
        const written = await storage.put(...write);
        return isMute ? new Promise(() => undefined) : written;
      },
    };
    const store = await open(mute);
    isMute = true;
    await expect(set(store, 'a', 1)).rejects.toMatchObject({ httpCode: 504 });
    isMute = false;
    expect(names(store)).toEqual([]);
    await set(store, 'b', 1);
    expect(names(store)).toEqual(['a', 'b']);
  });

  it('takes over what another writer did, its deletions included', async () => {
    const storage = memoryStorage();
    const store = await open(storage);
    await set(store, 'a', 1);
    await set(store, 'gone', 1);
    const told: string[] = [];
    store.listen((_id, { kind, object }) => told.push(`${kind} ${object.metadata.name}`));
    await storage.delete(`${things}/-/gone`, 3);
    await storage.put(`${things}/-/a`, Buffer.from(JSON.stringify(thing('a', 7))), 2);
    const result = await store.write(things, 'a', (current) => ({
      kind: 'put',
      object: thing('a', Number(current?.value) + 1),
    }));
    expect(result).toMatchObject({ object: { value: 8 } });
    expect(told).toEqual(['modified a', 'deleted gone', 'modified a']);
  });

  it('passes on what a decision throws, and goes on', async () => {
    const store = await open(memoryStorage());
    const refused = store.write(things, 'a', () => {
      throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    await set(store, 'a', 1);
    expect(names(store)).toEqual(['a']);
  });
});

describe('snapshotAt', () => {
  it('undoes what came after a revision', async () => {
    const store = await open(memoryStorage());
    await set(store, 'a', 1);
    await set(store, 'b', 1);
    const { revision } = store;
    await set(store, 'a', 2);
    await remove(store, 'b');
    await set(store, 'c', 1);
    const snapshot = snapshotAt(store.collection(things), revision);
    expect(snapshot?.keys.map((key) => snapshot.get(key)?.value)).toEqual([1, 1]);
    expect(snapshot?.keys).toEqual(['a', 'b']);
    expect(snapshotAt(store.collection(things), 0)).toBeUndefined();
  });
});
