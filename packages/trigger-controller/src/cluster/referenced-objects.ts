import type { KubernetesObject } from '@jetmesh/eventing-api';
import {
  isNotFound,
  KubeApiError,
  Reflector,
  type KubeClient,
  type Logger,
} from '@jetmesh/kube-controller';
import {
  referenceKeyOf,
  resourceKindOf,
  type Lookup,
  type ObjectLookup,
  type ObjectReference,
} from './object-reference.ts';

export interface ReferencedObjectsOptions {
  readonly client: KubeClient;
  readonly logger: Logger;
  /** Kinds that are watched anyway, by `apiVersion/kind`. */
  readonly watched: ReadonlyMap<string, Reflector<KubernetesObject>>;
}

/** Kinds are named by users, and each watched one costs a connection and memory. */
const mostKinds = 50;

/**
 * Objects of any kind that destinations and dependencies refer to. A kind is watched from its first use on, so that
 * later changes are told; until its watch has synced, and beyond the limit of kinds, objects are read one by one.
 */
export class ReferencedObjects implements ObjectLookup {
  readonly #options: ReferencedObjectsOptions;
  readonly #reflectors = new Map<string, Reflector<KubernetesObject>>();
  readonly #listeners: ((referenceKey: string) => void)[] = [];
  readonly #signal: AbortSignal;

  constructor(options: ReferencedObjectsOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    for (const [title, reflector] of options.watched) this.#adopt(title, reflector);
  }

  /** Calls back with the reference key of every object that appears, changes or goes. */
  subscribe(listener: (referenceKey: string) => void): void {
    this.#listeners.push(listener);
  }

  async find(reference: ObjectReference): Promise<Lookup> {
    const reflector = this.#reflectors.get(titleOf(reference));
    if (reflector?.hasSynced !== true) return this.#read(reference);
    const object = reflector.store.get(`${reference.namespace}/${reference.name}`);
    return object === undefined ? { kind: 'missing' } : { kind: 'found', object };
  }

  /** A list by name, unlike a get, tells a missing object from a kind that is not served. */
  async #read(reference: ObjectReference): Promise<Lookup> {
    const { apiVersion, kind, namespace, name } = reference;
    try {
      const { items } = await this.#options.client.list(resourceKindOf(apiVersion, kind), {
        namespace,
        fieldSelector: `metadata.name=${name}`,
      });
      this.#watch(reference);
      const [object] = items;
      return object === undefined ? { kind: 'missing' } : { kind: 'found', object };
    } catch (error) {
      return failedLookup(error);
    }
  }

  #watch(reference: ObjectReference): void {
    const title = titleOf(reference);
    if (this.#reflectors.has(title) || this.#reflectors.size >= mostKinds) return;
    const { client, logger } = this.#options;
    const kind = resourceKindOf(reference.apiVersion, reference.kind);
    const reflector = new Reflector<KubernetesObject>({ client, kind, logger });
    this.#adopt(title, reflector);
    reflector.start(this.#signal);
    logger.info('Watching a kind that is referred to', { apiVersionAndKind: title });
  }

  #adopt(title: string, reflector: Reflector<KubernetesObject>): void {
    this.#reflectors.set(title, reflector);
    reflector.subscribe(({ object }) => {
      for (const listener of this.#listeners) listener(referenceKeyOf(object));
    });
  }
}

/** A kind that is not served and one that may not be read are findings; everything else is a failure. */
function failedLookup(error: unknown): Lookup {
  if (isNotFound(error)) return { kind: 'unknown-kind' };
  if (error instanceof KubeApiError && error.status === 403) {
    return { kind: 'refused', message: error.message };
  }
  throw error;
}

function titleOf({ apiVersion, kind }: ObjectReference): string {
  return `${apiVersion}/${kind}`;
}
