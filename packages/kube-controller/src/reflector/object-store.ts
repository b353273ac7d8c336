import { objectKey, type KubernetesObject } from '@jetmesh/eventing-api';
import assert from 'node:assert/strict';

/** What a reflector knows of one kind, to be read by anybody; objects are frozen. */
export interface ObjectStore<T> {
  get(key: string): T | undefined;
  list(): T[];
  /** Objects that an index files under `value`. */
  listBy(index: string, value: string): T[];
  /** Files every object, present and to come, under the values that it has; before the reflector starts. */
  addIndex(name: string, valuesOf: (object: T) => string[]): void;
}

interface Index<T> {
  readonly name: string;
  readonly valuesOf: (object: T) => string[];
  /** The values that each key is filed under. */
  readonly filed: Map<string, readonly string[]>;
  readonly keys: Map<string, Set<string>>;
}

/**
 * The store with its writing side, for the reflector alone. Invariant: every index holds exactly the stored objects, but
 * for those that its function fails on: they are under no value.
 */
export class IndexedObjectStore<T extends KubernetesObject> implements ObjectStore<T> {
  readonly #objects = new Map<string, T>();
  readonly #indexes = new Map<string, Index<T>>();
  readonly #onIndexError: (index: string, key: string, error: unknown) => void;

  constructor(onIndexError: (index: string, key: string, error: unknown) => void) {
    this.#onIndexError = onIndexError;
  }

  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  list(): T[] {
    return [...this.#objects.values()];
  }

  listBy(index: string, value: string): T[] {
    const keys = this.#indexOf(index).keys.get(value) ?? [];
    return [...keys].map((key) => this.#objects.get(key)).filter((object) => object !== undefined);
  }

  addIndex(name: string, valuesOf: (object: T) => string[]): void {
    assert(!this.#indexes.has(name), `There is an index "${name}" already`);
    const index: Index<T> = { name, valuesOf, filed: new Map(), keys: new Map() };
    this.#indexes.set(name, index);
    for (const [key, object] of this.#objects) this.#file(index, key, object);
  }

  keys(): string[] {
    return [...this.#objects.keys()];
  }

  /** Stores `object` and returns what it replaced. */
  set(object: T): T | undefined {
    const key = objectKey(object.metadata);
    const previous = this.delete(key);
    this.#objects.set(key, deepFreeze(object));
    for (const index of this.#indexes.values()) this.#file(index, key, object);
    return previous;
  }

  delete(key: string): T | undefined {
    const object = this.#objects.get(key);
    if (object === undefined) return undefined;
    this.#objects.delete(key);
    for (const index of this.#indexes.values()) unfile(index, key);
    return object;
  }

  #file(index: Index<T>, key: string, object: T): void {
    const values = this.#valuesOf(index, key, object);
    if (values.length === 0) return;
    index.filed.set(key, values);
    for (const value of values) {
      const keys = index.keys.get(value) ?? new Set();
      index.keys.set(value, keys.add(key));
    }
  }

  #valuesOf({ name, valuesOf }: Index<T>, key: string, object: T): readonly string[] {
    try {
      return valuesOf(object);
    } catch (error) {
      this.#onIndexError(name, key, error);
      return [];
    }
  }

  #indexOf(name: string): Index<T> {
    const index = this.#indexes.get(name);
    assert(index !== undefined, `No index "${name}"`);
    return index;
  }
}

function unfile<T>({ filed, keys }: Index<T>, key: string): void {
  for (const value of filed.get(key) ?? []) {
    const under = keys.get(value);
    under?.delete(key);
    if (under?.size === 0) keys.delete(value);
  }
  filed.delete(key);
}

function deepFreeze<V>(value: V): V {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
