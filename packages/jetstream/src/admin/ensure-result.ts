export type EnsureResult =
  | { readonly kind: 'created' }
  | { readonly kind: 'updated' }
  | { readonly kind: 'unchanged' }
  /** The server cannot change these fields in place; everything else is as wanted. */
  | { readonly kind: 'immutable'; readonly fields: readonly string[] };
