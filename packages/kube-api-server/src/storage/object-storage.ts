/**
 * Where objects are kept. `revision` grows by every write over all keys and becomes the object's resourceVersion.
 * The server is the only writer; compare-and-swap detects one that was not.
 */
export interface ObjectStorage {
  load(): Promise<StoredEntry[]>;
  put(
    key: string,
    value: Uint8Array,
    expectedRevision: number | 'absent',
  ): Promise<StorageWriteResult>;
  delete(key: string, expectedRevision: number): Promise<StorageWriteResult>;
}

export interface StoredEntry {
  key: string;
  value: Uint8Array;
  revision: number;
}

export type StorageWriteResult = { kind: 'written'; revision: number } | { kind: 'conflict' };
