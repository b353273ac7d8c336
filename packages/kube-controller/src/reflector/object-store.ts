import { objectKey, type KubernetesObject } from '@jetmesh/eventing-api';

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
  readonly valuesOf: (object: T) => string[];
  readonly keys: Map<string, Set<string>>;
}

/** The store with its writing side, for the reflector alone. Invariant: every index holds exactly the stored objects. */
export class IndexedObjectStore<T extends KubernetesObject> implements ObjectStore<T> {
  readonly #objects = new Map<string, T>();
  readonly #indexes = new Map<string, Index<T>>();

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
    const index: Index<T> = { valuesOf, keys: new Map() };
    this.#indexes.set(name, index);
    for (const [key, object] of this.#objects) file(index, key, object);
  }

  keys(): string[] {
    return [...this.#objects.keys()];
  }

  /** Stores `object` and returns what it replaced. */
  set(object: T): T | undefined {
    const key = objectKey(object.metadata);
    const previous = this.delete(key);
    this.#objects.set(key, deepFreeze(object));
    for (const index of this.#indexes.values()) file(index, key, object);
    return previous;
  }

  delete(key: string): T | undefined {
    const object = this.#objects.get(key);
    if (object === undefined) return undefined;
    this.#objects.delete(key);
    for (const index of this.#indexes.values()) unfile(index, key, object);
    return object;
  }

  #indexOf(name: string): Index<T> {
    const index = this.#indexes.get(name);
    if (index === undefined) throw new Error(`No index "${name}"`);
    return index;
  }
}

function file<T>({ valuesOf, keys }: Index<T>, key: string, object: T): void {
  for (const value of valuesOf(object)) {
    const filed = keys.get(value) ?? new Set();
    keys.set(value, filed.add(key));
  }
}

function unfile<T>({ valuesOf, keys }: Index<T>, key: string, object: T): void {
  for (const value of valuesOf(object)) {
    const filed = keys.get(value);
    filed?.delete(key);
    if (filed?.size === 0) keys.delete(value);
  }
}

function deepFreeze<V>(value: V): V {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
