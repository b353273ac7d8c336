import type { ObjectStorage, StorageWriteResult, StoredEntry } from './object-storage.ts';

/** Keeps objects for the life of the process. */
export function memoryStorage(): ObjectStorage {
  const entries = new Map<string, StoredEntry>();
  let lastRevision = 0;

  function writable(key: string, expectedRevision: number | 'absent'): boolean {
    return (entries.get(key)?.revision ?? 'absent') === expectedRevision;
  }

  return {
    load: () => Promise.resolve([...entries.values()]),
    put(key, value, expectedRevision): Promise<StorageWriteResult> {
      if (!writable(key, expectedRevision)) return Promise.resolve({ kind: 'conflict' });
      lastRevision += 1;
      entries.set(key, { key, value, revision: lastRevision });
      return Promise.resolve({ kind: 'written', revision: lastRevision });
    },
    delete(key, expectedRevision): Promise<StorageWriteResult> {
      if (!writable(key, expectedRevision)) return Promise.resolve({ kind: 'conflict' });
      lastRevision += 1;
      entries.delete(key);
      return Promise.resolve({ kind: 'written', revision: lastRevision });
    },
  };
}
