import {
  apiVersionOf,
  objectKey,
  type KubernetesObject,
  type ResourceKind,
} from '@jetmesh/eventing-api';
import type { ApiConnection } from './api-connection.ts';
import { ApiRequests } from './api-requests.ts';
import { isNotFound } from './kube-api-error.ts';
import type { KubeClient, ListOptions, ObjectList } from './kube-client.ts';
import { openApiConnection } from './open-api-connection.ts';
import { collectionPath, objectPath } from './resource-path.ts';
import { watchEvents, type WatchOptions } from './watch-events.ts';

export interface KubeClientSettings {
  /** Path of a kubeconfig; else what kubectl would use, in a pod its ServiceAccount. */
  readonly kubeconfig?: string;
  /** For one call, repetitions included. */
  readonly timeoutMs?: number;
  readonly userAgent?: string;
}

const pageSize = '500';

export async function loadKubeClient(settings: KubeClientSettings = {}): Promise<KubeClient> {
  const { timeoutMs = 30_000, userAgent = 'jetmesh' } = settings;
  const connection = await openApiConnection(settings.kubeconfig);
  return new HttpKubeClient(connection, new ApiRequests(connection, { timeoutMs, userAgent }));
}

class HttpKubeClient implements KubeClient {
  readonly #connection: ApiConnection;
  readonly #requests: ApiRequests;

  constructor(connection: ApiConnection, requests: ApiRequests) {
    this.#connection = connection;
    this.#requests = requests;
  }

  async get<T extends KubernetesObject>(kind: ResourceKind, key: string): Promise<T | undefined> {
    return undefinedIfNotFound(
      this.#requests.json<T>({ method: 'GET', path: objectPath(kind, key) }),
    );
  }

  async list<T extends KubernetesObject>(
    kind: ResourceKind,
    options: ListOptions = {},
  ): Promise<ObjectList<T>> {
    const { namespace, labelSelector, fieldSelector } = options;
    const items: T[] = [];
    let page: ListPage<T>;
    let continueToken: string | undefined;
    do {
      page = await this.#requests.json<ListPage<T>>({
        method: 'GET',
        path: collectionPath(kind, namespace),
        query: { limit: pageSize, continue: continueToken, labelSelector, fieldSelector },
      });
      items.push(...page.items);
      continueToken = page.metadata.continue === '' ? undefined : page.metadata.continue;
    } while (continueToken !== undefined);
    const identity = { apiVersion: apiVersionOf(kind), kind: kind.kind };
    return {
      items: items.map((item) => ({ ...identity, ...item })),
      resourceVersion: page.metadata.resourceVersion ?? '0',
    };
  }

  create<T extends KubernetesObject>(kind: ResourceKind, object: T): Promise<T> {
    const path = collectionPath(kind, object.metadata.namespace);
    return this.#requests.json<T>({ method: 'POST', path, body: object });
  }

  replace<T extends KubernetesObject>(kind: ResourceKind, object: T): Promise<T> {
    const path = objectPath(kind, objectKey(object.metadata));
    return this.#requests.json<T>({ method: 'PUT', path, body: object });
  }

  mergePatch<T extends KubernetesObject>(
    kind: ResourceKind,
    key: string,
    patch: object,
    options: { subresource?: 'status' } = {},
  ): Promise<T> {
    return this.#requests.json<T>({
      method: 'PATCH',
      path: objectPath(kind, key, options.subresource),
      body: patch,
      contentType: 'application/merge-patch+json',
    });
  }

  apply<T extends KubernetesObject>(
    kind: ResourceKind,
    object: T,
    { fieldManager, force = false }: { fieldManager: string; force?: boolean },
  ): Promise<T> {
    return this.#requests.json<T>({
      method: 'PATCH',
      path: objectPath(kind, objectKey(object.metadata)),
      query: { fieldManager, force: String(force) },
      body: object,
      contentType: 'application/apply-patch+yaml',
    });
  }

  async delete(
    kind: ResourceKind,
    key: string,
    options: Parameters<KubeClient['delete']>[2] = {},
  ): Promise<'deleted' | 'not-found'> {
    const { uid, resourceVersion, propagation } = options;
    const body = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      ...(propagation === undefined ? {} : { propagationPolicy: propagation }),
      preconditions: { uid, resourceVersion },
    };
    const deletion = this.#requests.json({ method: 'DELETE', path: objectPath(kind, key), body });
    const answer = await undefinedIfNotFound(deletion);
    return answer === undefined ? 'not-found' : 'deleted';
  }

  watch(kind: ResourceKind, options: WatchOptions) {
    return watchEvents(this.#requests, kind, options);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}

interface ListPage<T> {
  items: T[];
  metadata: { resourceVersion?: string; continue?: string };
}

async function undefinedIfNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
