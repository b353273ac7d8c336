import type { KubeObject } from '../object/kube-object.ts';
import { WatchWindow, type ObjectChange, type WatchWindowLimits } from './watch-window.ts';

export type ChangeListener = (change: ObjectChange) => void;

/** The objects of one resource by key, its recent changes, and who listens to new ones. */
export class ObjectCollection {
  readonly window: WatchWindow;
  readonly #objects = new Map<string, KubeObject>();
  readonly #listeners = new Set<ChangeListener>();
  #sortedKeys: string[] | undefined;

  constructor(floor: number, limits: WatchWindowLimits) {
    this.window = new WatchWindow(floor, limits);
  }

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): KubeObject | undefined {
    return this.#objects.get(key);
  }

  /** Keys in the order in which lists show objects. */
  sortedKeys(): readonly string[] {
    this.#sortedKeys ??= [...this.#objects.keys()].sort(byKey);
    return this.#sortedKeys;
  }

  /** Puts an object that was there before this server started. */
  load(key: string, object: KubeObject): void {
    this.#objects.set(key, object);
    this.#sortedKeys = undefined;
  }

  /** Another view of an object that is there: no change, so nobody is told. */
  reshape(key: string, object: KubeObject): void {
    if (this.#objects.has(key)) this.#objects.set(key, object);
  }

  commit(key: string, change: ObjectChange): void {
    if (change.kind === 'deleted') this.#objects.delete(key);
    else this.#objects.set(key, change.object);
    if (change.kind !== 'modified') this.#sortedKeys = undefined;
    this.window.push(change);
    for (const listener of [...this.#listeners]) listener(change);
  }

  listen(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Byte order, as in etcd. */
export function byKey(left: string, right: string): number {
  return left < right ? -1 : 1;
}
