import type { CompiledFilter } from '@jetmesh/event-filter';

type Filtered = { readonly filter: CompiledFilter };

/** The first of these that a filter narrows to exact values is what its member is filed under. */
const indexedAttributes = ['type', 'source'] as const;

/**
 * Finds the members that an event matches without asking every filter: most filters want exact types. Invariant: a
 * member is filed under every value that its filter allows of one attribute, or in `#unfiled`.
 */
export class MemberIndex<M extends Filtered> {
  readonly #filed = new Map<string, Map<string, Set<M>>>(
    indexedAttributes.map((attribute) => [attribute, new Map<string, Set<M>>()]),
  );
  readonly #unfiled = new Set<M>();

  add(member: M): void {
    const place = placeOf(member.filter);
    if (place === undefined) this.#unfiled.add(member);
    else for (const value of place.values) this.#setOf(place.attribute, value).add(member);
  }

  remove(member: M): void {
    this.#unfiled.delete(member);
    const place = placeOf(member.filter);
    for (const value of place?.values ?? []) {
      const members = this.#filed.get(place?.attribute ?? '')?.get(value);
      members?.delete(member);
      if (members?.size === 0) this.#filed.get(place?.attribute ?? '')?.delete(value);
    }
  }

  matching(attributes: ReadonlyMap<string, string>): M[] {
    const found: M[] = [];
    for (const [attribute, byValue] of this.#filed) {
      const value = attributes.get(attribute);
      const members = value === undefined ? undefined : byValue.get(value);
      if (members !== undefined) collect(members, attributes, found);
    }
    collect(this.#unfiled, attributes, found);
    return found;
  }

  #setOf(attribute: string, value: string): Set<M> {
    const byValue = this.#filed.get(attribute) ?? new Map<string, Set<M>>();
    const members = byValue.get(value) ?? new Set<M>();
    byValue.set(value, members);
    return members;
  }
}

function collect<M extends Filtered>(
  members: Iterable<M>,
  attributes: ReadonlyMap<string, string>,
  found: M[],
): void {
  for (const member of members) if (member.filter.matches(attributes)) found.push(member);
}

function placeOf({ narrowing }: CompiledFilter) {
  for (const attribute of indexedAttributes) {
    const allowed = narrowing.get(attribute);
    if (allowed?.every(({ kind }) => kind === 'exact') === true) {
      return { attribute, values: allowed.map(({ value }) => value) };
    }
  }
  return undefined;
}
