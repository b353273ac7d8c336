import {
  apiVersionOf,
  objectKey,
  type KubernetesObject,
  type ResourceKind,
} from '@jetmesh/eventing-api';
import assert from 'node:assert/strict';
import { needsNewList, retryAfterOf } from '../client/kube-api-error.ts';
import type { KubeClient } from '../client/kube-client.ts';
import type { WatchEvent } from '../client/watch-events.ts';
import { LinkedAbort } from '../linked-abort.ts';
import type { Logger } from '../logger.ts';
import { pause } from '../pause.ts';
import { Backoff } from './backoff.ts';
import { IndexedObjectStore, type ObjectStore } from './object-store.ts';

/** One difference between what the reflector knew and what it knows now. */
export type ObjectChange<T> = { readonly key: string } & (
  | { readonly kind: 'added'; readonly object: T }
  | { readonly kind: 'updated'; readonly object: T; readonly previous: T }
  | { readonly kind: 'deleted'; readonly object: T }
);

export interface ReflectorOptions {
  readonly client: KubeClient;
  readonly kind: ResourceKind;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly logger: Logger;
  /** Bookmarks come every minute: silence for longer is a dead connection. */
  readonly stallMs?: number;
}

/** A watch that ends sooner, with nothing said, was not ended in order: going on at once could be a busy loop. */
const shortestWatchMs = 1_000;

/**
 * Keeps a store equal to the objects of one kind, for ever.
 *
 * listing → watching from the list's resourceVersion → (the watch ends in order, or breaks) watching again from the last
 * resourceVersion → (410: too old, or refused otherwise) listing again, with the differences as changes. Every failure
 * waits, longer each time, and is tried again; a Retry-After of the server is kept. An object that was deleted and made again in one gap is
 * two changes: what belonged to the old one goes.
 */
export class Reflector<T extends KubernetesObject> {
  readonly #options: ReflectorOptions;
  readonly #store = new IndexedObjectStore<T>((index, key, err) => {
    this.#options.logger.error('Index failed', { ...this.#logFields, index, key, err });
  });
  readonly #listeners = new Set<(change: ObjectChange<T>) => void>();
  readonly #backoff = new Backoff({ firstMs: 100, lastMs: 30_000 });
  readonly #synced: Promise<void>;
  #onSynced: () => void = () => undefined;
  #hasStarted = false;
  #hasSynced = false;
  /** undefined: list first. */
  #resourceVersion: string | undefined;
  #seenResourceVersion: string | undefined;
  readonly #refreshes: (() => void)[] = [];
  #interruptWatch: () => void = () => undefined;

  constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#synced = new Promise((resolve) => (this.#onSynced = resolve));
  }

  get store(): ObjectStore<T> {
    return this.#store;
  }

  /** Whether the first list is in the store. */
  get hasSynced(): boolean {
    return this.#hasSynced;
  }

  /** Every change up to this one has been announced; undefined before the first list. */
  get seenResourceVersion(): string | undefined {
    return this.#seenResourceVersion;
  }

  /** Lists anew; resolves once every change that the server knew of at the call has been announced. */
  refresh(): Promise<void> {
    return new Promise((resolve) => {
      this.#refreshes.push(resolve);
      this.#interruptWatch();
    });
  }

  whenSynced(): Promise<void> {
    return this.#synced;
  }

  /** Calls `listener` with every change from now on; returns how to end that. */
  subscribe(listener: (change: ObjectChange<T>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(signal: AbortSignal): void {
    assert(!this.#hasStarted, 'A reflector starts once');
    this.#hasStarted = true;
    void this.#run(signal);
  }

  get #logFields() {
    return { resource: this.#options.kind.plural };
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.#refreshes.length > 0) this.#resourceVersion = undefined;
        this.#resourceVersion ??= await this.#relist();
        if (this.#refreshes.length === 0) {
          await this.#watchUntilRefresh(this.#resourceVersion, signal);
        }
      } catch (error) {
        await this.#afterFailure(error, signal);
      }
    }
  }

  async #afterFailure(err: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    if (needsNewList(err)) this.#resourceVersion = undefined;
    const delayMs = Math.round(Math.max(this.#backoff.next(), retryAfterOf(err) ?? 0));
    this.#options.logger.warn('Watch interrupted', { ...this.#logFields, delayMs, err });
    await pause(delayMs, signal);
  }

  /** Lists everything and turns the differences into changes; returns the resourceVersion to watch from. */
  async #relist(): Promise<string> {
    const answered = this.#refreshes.length;
    const { client, kind, namespace, labelSelector } = this.#options;
    const { items, resourceVersion } = await client.list<T>(kind, {
      ...(namespace === undefined ? {} : { namespace }),
      ...(labelSelector === undefined ? {} : { labelSelector }),
    });
    const listed = new Set(items.map(({ metadata }) => objectKey(metadata)));
    for (const key of this.#store.keys()) if (!listed.has(key)) this.#remove(key);
    for (const item of items) this.#put(item);
    this.#hasSynced = true;
    this.#seenResourceVersion = resourceVersion;
    this.#onSynced();
    for (const resolve of this.#refreshes.splice(0, answered)) resolve();
    return resourceVersion;
  }

  async #watchUntilRefresh(resourceVersion: string, signal: AbortSignal): Promise<void> {
    const interruption = new LinkedAbort(signal);
    this.#interruptWatch = () => interruption.abort();
    try {
      await this.#watch(resourceVersion, interruption.signal);
    } catch (error) {
      if (!interruption.signal.aborted || signal.aborted) throw error;
    } finally {
      interruption.unlink();
      this.#interruptWatch = () => undefined;
    }
  }

  async #watch(resourceVersion: string, signal: AbortSignal): Promise<void> {
    const { client, kind, namespace, labelSelector, stallMs = 90_000 } = this.#options;
    const events = client.watch(kind, {
      ...(namespace === undefined ? {} : { namespace }),
      ...(labelSelector === undefined ? {} : { labelSelector }),
      resourceVersion,
      // Spread, so that the watches of a restarted server do not all end at once.
      timeoutSeconds: 240 + Math.floor(Math.random() * 240),
      stallMs,
      signal,
    });
    const startedAtMs = performance.now();
    let eventCount = 0;
    for await (const event of events) {
      eventCount += 1;
      this.#backoff.reset();
      this.#take(event);
    }
    const isShort = performance.now() - startedAtMs < shortestWatchMs;
    if (eventCount === 0 && isShort && !signal.aborted) {
      throw new Error(`The watch of ${kind.plural} ended at once`);
    }
    this.#backoff.reset();
  }

  #take({ type, object }: WatchEvent): void {
    switch (type) {
      case 'ADDED':
      case 'MODIFIED':
        this.#put(object as T);
        break;
      case 'DELETED':
        this.#remove(objectKey(object.metadata));
        break;
      case 'BOOKMARK':
        break;
    }
    this.#resourceVersion = object.metadata.resourceVersion ?? this.#resourceVersion;
    this.#seenResourceVersion = this.#resourceVersion;
  }

  #put(received: T): void {
    const { kind } = this.#options;
    const object = { ...received, apiVersion: apiVersionOf(kind), kind: kind.kind };
    const key = objectKey(object.metadata);
    const known = this.#store.get(key)?.metadata;
    if (known?.resourceVersion !== undefined) {
      if (known.resourceVersion === object.metadata.resourceVersion) return;
      if (known.uid !== object.metadata.uid) this.#remove(key);
    }
    const previous = this.#store.set(object);
    this.#announce(
      previous === undefined
        ? { key, kind: 'added', object }
        : { key, kind: 'updated', object, previous },
    );
  }

  #remove(key: string): void {
    const object = this.#store.delete(key);
    if (object !== undefined) this.#announce({ key, kind: 'deleted', object });
  }

  /** A listener that throws harms neither the others nor the watch. */
  #announce(change: ObjectChange<T>): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (err) {
        const { key } = change;
        this.#options.logger.error('Listener failed', { ...this.#logFields, key, err });
      }
    }
  }
}
