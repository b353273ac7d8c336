import { isJsonObject, type JsonObject } from '../json/json-value.ts';

/**
 * A set of paths to fields, as managedFields records it (FieldsV1). A path element is written `f:name` (field),
 * `k:{"key":…}` (item of a list with keys) or `v:…` (item of a set). Sets are not changed once they were handed over.
 */
export class FieldSet {
  readonly members = new Set<string>();
  readonly children = new Map<string, FieldSet>();

  get isEmpty(): boolean {
    return this.members.size === 0 && this.children.size === 0;
  }

  insert(path: readonly string[]): void {
    const [element, ...rest] = path;
    if (element === undefined) return;
    if (rest.length === 0) this.members.add(element);
    else this.#childToFill(element).insert(rest);
  }

  child(element: string): FieldSet {
    return this.children.get(element) ?? none;
  }

  union(other: FieldSet): FieldSet {
    const result = new FieldSet();
    for (const set of [this, other]) for (const element of set.members) result.members.add(element);
    for (const element of new Set([...this.children.keys(), ...other.children.keys()])) {
      result.#adopt(element, this.child(element).union(other.child(element)));
    }
    return result;
  }

  intersection(other: FieldSet): FieldSet {
    const result = new FieldSet();
    for (const element of this.members) if (other.members.has(element)) result.members.add(element);
    for (const [element, child] of this.children) {
      result.#adopt(element, child.intersection(other.child(element)));
    }
    return result;
  }

  difference(other: FieldSet): FieldSet {
    const result = new FieldSet();
    for (const element of this.members)
      if (!other.members.has(element)) result.members.add(element);
    for (const [element, child] of this.children) {
      result.#adopt(element, child.difference(other.child(element)));
    }
    return result;
  }

  /** Only what lies below (or at) these top-level fields, or all but that. */
  filterTop(keep: (element: string) => boolean): FieldSet {
    const result = new FieldSet();
    for (const element of this.members) if (keep(element)) result.members.add(element);
    for (const [element, child] of this.children) if (keep(element)) result.#adopt(element, child);
    return result;
  }

  equals(other: FieldSet): boolean {
    return this.difference(other).isEmpty && other.difference(this).isEmpty;
  }

  /** Every path of the set, parents before what is below them. */
  paths(): string[][] {
    const here = [...this.members].map((element) => [element]);
    const below = [...this.children].flatMap(([element, child]) =>
      child.paths().map((path) => [element, ...path]),
    );
    return [...here, ...below];
  }

  toFieldsV1(): JsonObject {
    const fields: JsonObject = {};
    const elements = [...new Set([...this.members, ...this.children.keys()])].sort();
    for (const element of elements) {
      const child = this.children.get(element);
      const self: JsonObject = child !== undefined && this.members.has(element) ? { '.': {} } : {};
      fields[element] = { ...self, ...child?.toFieldsV1() };
    }
    return fields;
  }

  static fromFieldsV1(fields: JsonObject): FieldSet {
    const set = new FieldSet();
    for (const [element, value] of Object.entries(fields)) {
      if (element === '.' || !isJsonObject(value)) continue;
      const child = FieldSet.fromFieldsV1(value);
      if (child.isEmpty || value['.'] !== undefined) set.members.add(element);
      set.#adopt(element, child);
    }
    return set;
  }

  #childToFill(element: string): FieldSet {
    let child = this.children.get(element);
    if (child === undefined) {
      child = new FieldSet();
      this.children.set(element, child);
    }
    return child;
  }

  #adopt(element: string, child: FieldSet): void {
    if (!child.isEmpty) this.children.set(element, child);
  }
}

const none = new FieldSet();
