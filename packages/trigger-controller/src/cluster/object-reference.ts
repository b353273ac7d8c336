import type { KubernetesObject, ResourceKind } from '@jetmesh/eventing-api';

/** One object of any kind in a Namespace. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** What the cluster knows of a referenced object; `unknown-kind` when no such kind is served. */
export type Lookup =
  | { readonly kind: 'found'; readonly object: KubernetesObject }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown-kind' }
  | { readonly kind: 'refused'; readonly message: string };

export interface ObjectLookup {
  find(reference: ObjectReference): Promise<Lookup>;
}

/** The value under which indexes list who refers to an object. */
export function referenceKey(reference: ObjectReference): string {
  const { apiVersion, kind, namespace, name } = reference;
  return `${apiVersion}/${kind}/${namespace}/${name}`;
}

/** The key of the reference that would lead to `object`. */
export function referenceKeyOf(object: KubernetesObject): string {
  const { apiVersion, kind, metadata } = object;
  return referenceKey({
    apiVersion,
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
  });
}

/** The REST path's parts; the plural is guessed as Knative and client-go guess it. */
export function resourceKindOf(apiVersion: string, kind: string): ResourceKind {
  const slash = apiVersion.indexOf('/');
  return {
    group: slash === -1 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind,
    plural: pluralOf(kind.toLowerCase()),
    isNamespaced: true,
  };
}

function pluralOf(singular: string): string {
  if (singular.endsWith('s')) return `${singular}es`;
  if (singular.endsWith('y')) return `${singular.slice(0, -1)}ies`;
  return `${singular}s`;
}
