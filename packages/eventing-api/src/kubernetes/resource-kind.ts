/** Where objects of one kind live in the API: enough to make every REST path. `group` is '' for the core kinds. */
export interface ResourceKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly isNamespaced: boolean;
}

/** `apiVersion` of a kind's objects: `v1` for the core group, else `group/version`. */
export function apiVersionOf(kind: ResourceKind): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}
