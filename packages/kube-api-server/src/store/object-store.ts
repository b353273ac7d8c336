import { ApiError } from '../errors/api-error.ts';
import { internalError, tooLarge } from '../errors/api-errors.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Logger } from '../logger.ts';
import { keyOf, withMetadata, type KubeObject } from '../object/kube-object.ts';
import type { ObjectStorage, StorageWriteResult, StoredEntry } from '../storage/object-storage.ts';
import { ObjectCollection } from './object-collection.ts';
import { resourceIdOfKey, storageKey } from './storage-key.ts';
import type { ObjectChange, WatchWindowLimits } from './watch-window.ts';
import { WriteQueue } from './write-queue.ts';

export interface ObjectStoreOptions {
  readonly storage: ObjectStorage;
  readonly logger: Logger;
  readonly window: WatchWindowLimits;
  readonly maxWaitingWrites: number;
  readonly writeTimeoutMs: number;
}

/** What a write does with the state that it found. `keep` writes nothing. */
export type WriteDecision =
  | { readonly kind: 'keep' }
  | { readonly kind: 'put'; readonly object: KubeObject }
  | { readonly kind: 'delete'; readonly object: KubeObject };

export type WriteResult =
  | { readonly kind: 'kept' }
  | { readonly kind: 'put'; readonly object: KubeObject }
  | { readonly kind: 'deleted'; readonly object: KubeObject };

export type StoreListener = (resourceId: string, change: ObjectChange) => void;

/** Written at each start, so that its revision tells watches of this server from those of an earlier one. */
const startKey = 'jetmesh/start';
const maxAttempts = 3;
/** What a JetStream message may carry by default, less its headers. */
const maxObjectBytes = 1000 * 1024;

/**
 * All objects, in memory, over a storage that it alone writes. Reads are synchronous; writes decide on the newest state,
 * one after another. When an answer of the storage was lost or a foreign write is seen, the storage is read again first.
 */
export class ObjectStore {
  readonly #options: ObjectStoreOptions;
  readonly #queue: WriteQueue;
  readonly #collections = new Map<string, ObjectCollection>();
  readonly #listeners = new Set<StoreListener>();
  #startMarker: { revision: number } | undefined;
  #startRevision = 0;
  #revision = 0;
  #isUncertain = false;

  private constructor(options: ObjectStoreOptions) {
    this.#options = options;
    this.#queue = new WriteQueue(options.maxWaitingWrites);
  }

  static async open(options: ObjectStoreOptions): Promise<ObjectStore> {
    const store = new ObjectStore(options);
    const entries = await options.storage.load();
    const marker = entries.find(({ key }) => key === startKey);
    if (marker !== undefined) store.#startMarker = marker;
    store.#startRevision = await store.#writeStartMarker();
    store.#revision = store.#startRevision;
    for (const entry of entries) store.#loadEntry(entry);
    return store;
  }

  /** Revision of the newest committed write. */
  get revision(): number {
    return this.#revision;
  }

  collection(resourceId: string): ObjectCollection {
    let collection = this.#collections.get(resourceId);
    if (collection === undefined) {
      collection = new ObjectCollection(this.#startRevision, this.#options.window);
      this.#collections.set(resourceId, collection);
    }
    return collection;
  }

  get(resourceId: string, key: string): KubeObject | undefined {
    return this.#collections.get(resourceId)?.get(key);
  }

  list(resourceId: string): KubeObject[] {
    const collection = this.collection(resourceId);
    return collection.sortedKeys().flatMap((key) => collection.get(key) ?? []);
  }

  resourceIds(): string[] {
    return [...this.#collections.keys()];
  }

  listen(listener: StoreListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Applies `decide` to the newest state of an object. What `decide` throws ends the write. */
  write(
    resourceId: string,
    key: string,
    decide: (current: KubeObject | undefined) => WriteDecision,
  ): Promise<WriteResult> {
    return this.#queue.run(async () => {
      for (let attempt = 1; ; attempt += 1) {
        if (this.#isUncertain) await this.#readAgain();
        const current = this.get(resourceId, key);
        const decision = decide(current);
        if (decision.kind === 'keep') return { kind: 'kept' };
        const result = await this.#commit(resourceId, decision, current);
        if (result.kind !== 'conflict') return result;
        if (attempt === maxAttempts) throw internalError('another server writes to this storage');
      }
    });
  }

  async close(): Promise<void> {
    await this.#queue.drained();
  }

  async #commit(
    resourceId: string,
    decision: Exclude<WriteDecision, { kind: 'keep' }>,
    current: KubeObject | undefined,
  ): Promise<WriteResult | { kind: 'conflict' }> {
    const { storage } = this.#options;
    const expected = current === undefined ? 'absent' : revisionOf(current);
    const key = storageKey(resourceId, decision.object.metadata);
    const bytes = encode(decision.object);
    if (bytes.byteLength > maxObjectBytes) throw tooLarge(bytes.byteLength);
    const written = await this.#answerOf(
      decision.kind === 'put'
        ? storage.put(key, bytes, expected)
        : storage.delete(key, revisionOf(decision.object)),
    );
    if (written.kind === 'conflict') {
      this.#isUncertain = true;
      return written;
    }
    const object = withRevision(decision.object, written.revision);
    const kind = decision.kind === 'delete' ? 'deleted' : current ? 'modified' : 'added';
    const sizeBytes = bytes.byteLength;
    const change = { kind, revision: written.revision, object, previous: current, sizeBytes };
    this.#publish(resourceId, change as ObjectChange);
    return { kind: kind === 'deleted' ? 'deleted' : 'put', object };
  }

  #publish(resourceId: string, change: ObjectChange): void {
    this.#revision = Math.max(this.#revision, change.revision);
    this.collection(resourceId).commit(keyOf(change.object.metadata), change);
    for (const listener of [...this.#listeners]) listener(resourceId, change);
  }

  /** A lost answer leaves open what is stored: the next write reads the storage first. */
  async #answerOf(write: Promise<StorageWriteResult>): Promise<StorageWriteResult> {
    const { logger, writeTimeoutMs } = this.#options;
    try {
      return await withDeadline(write, writeTimeoutMs);
    } catch (error) {
      this.#isUncertain = true;
      logger.error('a write to the storage of the Kubernetes API failed', { err: error });
      throw new ApiError(504, 'Timeout', 'the storage did not confirm the write');
    }
  }

  async #readAgain(): Promise<void> {
    const { logger, storage } = this.#options;
    logger.warn('reading the storage of the Kubernetes API again');
    const entries = await storage.load();
    const marker = entries.find(({ key }) => key === startKey);
    this.#startMarker = marker;
    const revision = await this.#writeStartMarker();
    for (const { resourceId, change } of this.#differences(entries, revision)) {
      this.#publish(resourceId, change);
    }
    this.#revision = Math.max(this.#revision, revision);
    this.#isUncertain = false;
  }

  #differences(entries: StoredEntry[], revision: number): ForeignChange[] {
    const changes: ForeignChange[] = [];
    const seen = new Set<string>();
    for (const entry of entries) {
      const resourceId = resourceIdOfKey(entry.key);
      if (resourceId === undefined) continue;
      const object = withRevision(decode(entry.value), entry.revision);
      const previous = this.get(resourceId, keyOf(object.metadata));
      seen.add(entry.key);
      if (previous !== undefined && revisionOf(previous) === entry.revision) continue;
      const kind = previous === undefined ? 'added' : 'modified';
      const sizeBytes = entry.value.byteLength;
      const change = { kind, revision: entry.revision, object, previous, sizeBytes } as const;
      changes.push({ resourceId, change });
    }
    changes.sort((left, right) => left.change.revision - right.change.revision);
    return [...changes, ...this.#vanished(seen, revision)];
  }

  #vanished(seen: ReadonlySet<string>, revision: number): ForeignChange[] {
    return this.resourceIds().flatMap((resourceId) =>
      this.list(resourceId)
        .filter(({ metadata }) => !seen.has(storageKey(resourceId, metadata)))
        .map((previous) => {
          const object = withRevision(previous, revision);
          return {
            resourceId,
            change: { kind: 'deleted', revision, object, previous, sizeBytes: 0 },
          };
        }),
    );
  }

  async #writeStartMarker(): Promise<number> {
    const expected = this.#startMarker?.revision ?? 'absent';
    const value = Buffer.from('{}');
    const written = await withDeadline(
      this.#options.storage.put(startKey, value, expected),
      this.#options.writeTimeoutMs,
    );
    if (written.kind === 'conflict') throw new Error('Another server writes to this storage');
    this.#startMarker = written;
    return written.revision;
  }

  #loadEntry(entry: StoredEntry): void {
    const resourceId = resourceIdOfKey(entry.key);
    if (resourceId === undefined) return;
    const object = withRevision(decode(entry.value), entry.revision);
    this.collection(resourceId).load(keyOf(object.metadata), object);
  }
}

interface ForeignChange {
  readonly resourceId: string;
  readonly change: ObjectChange;
}

export function revisionOf(object: KubeObject): number {
  return Number(object.metadata.resourceVersion);
}

function withRevision(object: KubeObject, revision: number): KubeObject {
  return withMetadata(object, { resourceVersion: String(revision) });
}

/** The revision is the storage's own; it is not part of what is stored. */
function encode(object: KubeObject): Uint8Array {
  return Buffer.from(JSON.stringify(withMetadata(object, { resourceVersion: undefined })));
}

function decode(value: Uint8Array): KubeObject {
  return JSON.parse(Buffer.from(value).toString()) as JsonObject as KubeObject;
}

async function withDeadline<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`No answer within ${timeoutMs} ms`));
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
