export type KeyValueWriteResult =
  { readonly kind: 'written'; readonly revision: number } | { readonly kind: 'conflict' };

/** A small table in a JetStream KV bucket; every write compares the key's revision first. */
export interface KeyValueBucket {
  load(): Promise<{ key: string; value: Uint8Array; revision: number }[]>;
  put(
    key: string,
    value: Uint8Array,
    expectedRevision: number | 'absent',
  ): Promise<KeyValueWriteResult>;
  delete(key: string, expectedRevision: number): Promise<KeyValueWriteResult>;
}
