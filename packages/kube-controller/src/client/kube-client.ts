import type { KubernetesObject, ResourceKind } from '@jetmesh/eventing-api';
import type { WatchEvent, WatchOptions } from './watch-events.ts';

export interface ListOptions {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface ObjectList<T> {
  readonly items: T[];
  readonly resourceVersion: string;
}

/** The Kubernetes API as our programs use it. Keys are `namespace/name`, or `name`. Failures are `KubeApiError`s. */
export interface KubeClient {
  get<T extends KubernetesObject>(kind: ResourceKind, key: string): Promise<T | undefined>;
  /** All pages; items have apiVersion and kind, which the API server leaves out in lists. */
  list<T extends KubernetesObject>(
    kind: ResourceKind,
    options?: ListOptions,
  ): Promise<ObjectList<T>>;
  create<T extends KubernetesObject>(kind: ResourceKind, object: T): Promise<T>;
  replace<T extends KubernetesObject>(kind: ResourceKind, object: T): Promise<T>;
  mergePatch<T extends KubernetesObject>(
    kind: ResourceKind,
    key: string,
    patch: object,
    options?: { subresource?: 'status' },
  ): Promise<T>;
  /** Server-side apply. */
  apply<T extends KubernetesObject>(
    kind: ResourceKind,
    object: T,
    options: { fieldManager: string; force?: boolean },
  ): Promise<T>;
  delete(
    kind: ResourceKind,
    key: string,
    options?: {
      uid?: string;
      resourceVersion?: string;
      propagation?: 'Background' | 'Foreground' | 'Orphan';
    },
  ): Promise<'deleted' | 'not-found'>;
  watch(kind: ResourceKind, options: WatchOptions): AsyncIterable<WatchEvent>;
  close(): Promise<void>;
}
