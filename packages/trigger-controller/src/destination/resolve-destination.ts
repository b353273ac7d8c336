import type { Addressable, Destination, DestinationReference } from '@jetmesh/eventing-api';
import type { ObjectLookup, ObjectReference } from '../cluster/object-reference.ts';
import { addressOf } from './address-of.ts';

/** The address of a destination, or the sentence that says why there is none. */
export type Resolution = ResolvedDestination | UnresolvedDestination;

interface ResolvedDestination {
  readonly kind: 'resolved';
  readonly uri: string;
  readonly CACerts?: string;
  readonly audience?: string;
}

interface UnresolvedDestination {
  readonly kind: 'unresolved';
  readonly message: string;
  /** No watch will tell when this changes: the kind is not served yet, or reading it is forbidden. */
  readonly isUntracked: boolean;
}

/** Resolves as Knative does: `ref` to the object's address, `uri` as it is or relative to that address. */
export async function resolveDestination(
  destination: Destination,
  namespace: string,
  objects: ObjectLookup,
): Promise<Resolution> {
  const { ref, uri } = destination;
  if (ref === undefined) return resolveUri(destination);
  if (uri !== undefined && isAbsolute(uri)) {
    return unresolved(`absolute URI is not allowed when Ref exists: "${uri}"`);
  }
  const base = await resolveReference(ref, destination, { namespace, objects });
  if (base.kind === 'unresolved' || uri === undefined) return base;
  return { ...base, uri: new URL(uri, base.uri).href };
}

/** The object that a reference in `namespace` leads to; undefined without an API version. */
export function referencedObject(
  ref: DestinationReference,
  namespace: string,
): ObjectReference | undefined {
  const { apiVersion, kind, name } = ref;
  if (apiVersion === undefined) return undefined;
  return { apiVersion, kind, name, namespace: ref.namespace ?? namespace };
}

function resolveUri(destination: Destination): Resolution {
  const { uri } = destination;
  if (uri === undefined) {
    return unresolved('destination missing Ref and URI, expected at least one');
  }
  if (!isAbsolute(uri)) {
    return unresolved(`URI is not absolute (both scheme and host should be non-empty): "${uri}"`);
  }
  return resolved({ url: uri }, destination);
}

async function resolveReference(
  ref: DestinationReference,
  destination: Destination,
  { namespace, objects }: { namespace: string; objects: ObjectLookup },
): Promise<Resolution> {
  const reference = referencedObject(ref, namespace);
  if (reference === undefined) return unresolved('missing field(s): ref.apiVersion');
  const lookup = await objects.find(reference);
  const title = `${reference.namespace}/${reference.name}`;
  switch (lookup.kind) {
    case 'found': {
      const address = addressOf(lookup.object, destination);
      return typeof address === 'string' ? unresolved(address) : resolved(address, destination);
    }
    case 'missing':
      return unresolved(`failed to get object ${title}: ${ref.kind} "${ref.name}" not found`);
    case 'unknown-kind':
      return untracked(
        `failed to get object ${title}: no kind "${ref.kind}" in ${reference.apiVersion}`,
      );
    case 'refused':
      return untracked(`failed to get object ${title}: ${lookup.message}`);
  }
}

/** The destination's own certificates and audience go before those of the address. */
function resolved(address: Addressable & { url: string }, destination: Destination): Resolution {
  const CACerts = destination.CACerts ?? address.CACerts;
  const audience = destination.audience ?? address.audience;
  return {
    kind: 'resolved',
    uri: address.url,
    ...(CACerts === undefined ? {} : { CACerts }),
    ...(audience === undefined ? {} : { audience }),
  };
}

function isAbsolute(uri: string): boolean {
  return URL.canParse(uri) && new URL(uri).host !== '';
}

function unresolved(message: string): UnresolvedDestination {
  return { kind: 'unresolved', message, isUntracked: false };
}

function untracked(message: string): UnresolvedDestination {
  return { kind: 'unresolved', message, isUntracked: true };
}
