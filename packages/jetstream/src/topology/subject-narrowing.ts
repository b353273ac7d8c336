/**
 * What is known of every event that a filter can match: attribute → values or prefixes, one of which it has.
 * Attributes not named are free; an empty list matches nothing. The same shape as event-filter's `Narrowing`.
 */
export type SubjectNarrowing = ReadonlyMap<
  string,
  readonly { readonly kind: 'exact' | 'prefix'; readonly value: string }[]
>;
