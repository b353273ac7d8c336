/** What a reader of one shape found: the fields with their defaults, or everything that is wrong with them. */
export type Reading<T> = { readonly spec: T } | { readonly problems: readonly string[] };
