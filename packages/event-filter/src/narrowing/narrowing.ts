export type AllowedValue =
  | { readonly kind: 'exact'; readonly value: string }
  | { readonly kind: 'prefix'; readonly value: string };

/**
 * What is known of every event that a filter can match: for each attribute named here it has a value that one of the
 * list allows. Attributes not named are free. An empty list: nothing matches.
 */
export type Narrowing = ReadonlyMap<string, readonly AllowedValue[]>;
