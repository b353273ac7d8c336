export type KeyValueWriteResult =
  { readonly kind: 'written'; readonly revision: number } | { readonly kind: 'conflict' };

/** A small table in a JetStream KV bucket; a write compares the key's revision first, unless any will do. */
export interface KeyValueBucket {
  load(): Promise<{ key: string; value: Uint8Array; revision: number }[]>;
  get(key: string): Promise<{ value: Uint8Array; revision: number } | undefined>;
  put(
    key: string,
    value: Uint8Array,
    expectedRevision: number | 'absent' | 'any',
  ): Promise<KeyValueWriteResult>;
  delete(key: string, expectedRevision: number): Promise<KeyValueWriteResult>;
}
