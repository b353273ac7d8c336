import type { FieldProblem } from '../errors/api-error.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';

/** A kind of objects, with all its versions. Objects are stored once, in the storage version. */
export interface Resource {
  readonly group: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly listKind: string;
  readonly isNamespaced: boolean;
  readonly isCustom: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly storageVersion: string;
  /** Where and as what objects are kept: Events of two groups share one place. */
  readonly storageId: string;
  readonly storageApiVersion: string;
  readonly versions: readonly ResourceVersion[];
  readonly strategy: ResourceStrategy;
}

export interface ResourceVersion {
  readonly name: string;
  readonly isServed: boolean;
  readonly schema: StructuralSchema;
  readonly hasStatus: boolean;
  readonly scale: ScalePaths | undefined;
  readonly columns: readonly PrinterColumn[];
  /** JSONPaths by which lists may be narrowed, besides the name and Namespace. */
  readonly selectableFields: readonly string[];
  readonly deprecationWarning: string | undefined;
}

export interface ScalePaths {
  readonly specReplicas: string;
  readonly statusReplicas: string;
  readonly labelSelector: string | undefined;
}

export interface PrinterColumn {
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  readonly description?: string;
  readonly priority?: number;
  /** A JSONPath, or the cell computed from the object. */
  readonly value: string | ((object: KubeObject, now: Date) => CellValue);
}

export type CellValue = string | number | boolean | null;

/** What a kind does that its schema cannot say. */
export interface ResourceStrategy {
  /** Whether metadata.generation counts changes of what is desired. */
  readonly hasGeneration: boolean;
  readonly nameRule: 'subdomain' | 'label' | 'dns-1035';
  /** Whether a replacement must say which revision it replaces. */
  readonly needsRevision?: boolean;
  /** Whether a replacement of an object that is not there creates it. */
  readonly isCreatedByUpdate?: boolean;
  /** Defaults that the schema cannot say; they count as set by whoever sent the object. */
  readonly setDefaults?: (object: KubeObject) => KubeObject;
  /** Fills in what the server decides, on a new object; `peers` are the kind's other objects. */
  readonly prepareCreate?: (object: KubeObject, peers: () => readonly KubeObject[]) => KubeObject;
  readonly prepareUpdate?: (
    next: KubeObject,
    previous: KubeObject,
    peers: () => readonly KubeObject[],
  ) => KubeObject;
  readonly validate?: (next: KubeObject, previous: KubeObject | undefined) => FieldProblem[];
  /** Marks an object whose deletion was asked for but must wait. */
  readonly prepareDelete?: (object: KubeObject) => KubeObject;
  /** Whether the object cannot be deleted at all. */
  readonly isPermanent?: (object: KubeObject) => boolean;
  /** Whether the object stays, besides for its finalizers, when it is deleted. */
  readonly isHeld?: (object: KubeObject) => boolean;
  /** Rewrites a stored object into another served version; the default changes apiVersion only. */
  readonly convert?: (object: KubeObject, version: string) => KubeObject;
  /** Values of fields that can be selected but are not a plain path. */
  readonly fieldValues?: (object: KubeObject) => Record<string, string>;
  /** Objects older than this are removed. */
  readonly timeToLiveMs?: number;
}

/** A resource in one of its versions: what a path names. */
export interface ServedResource {
  readonly resource: Resource;
  readonly version: ResourceVersion;
}

/** Names the place where objects are kept, independent of version; first part of storage keys. */
export function storageIdOf(group: string, plural: string): string {
  return `${group === '' ? 'core' : group}/${plural}`;
}

export function apiVersionOf(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}

export function servedApiVersion({ resource, version }: ServedResource): string {
  return apiVersionOf(resource.group, version.name);
}

/** The object as this version shows it. */
export function inVersion(served: ServedResource, object: KubeObject): KubeObject {
  return asVersion(served.resource, object, servedApiVersion(served));
}

/** The object as it is stored. */
export function inStorageVersion(resource: Resource, object: KubeObject): KubeObject {
  return asVersion(resource, object, resource.storageApiVersion);
}

function asVersion(resource: Resource, object: KubeObject, apiVersion: string): KubeObject {
  if (object.apiVersion === apiVersion) return object;
  if (resource.strategy.convert !== undefined) return resource.strategy.convert(object, apiVersion);
  return { ...object, apiVersion };
}
