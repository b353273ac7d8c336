import { timestamp } from '../admission/prepare-create.ts';
import type { ApiContext } from '../handlers/api-context.ts';
import { jsonEqual } from '../json/json-equal.ts';
import { listOr, objectOr, withoutFields, type JsonObject } from '../json/json-value.ts';
import { keyOf, type KubeObject } from '../object/kube-object.ts';
import { namespaceResource } from '../registry/built-in/namespace-resource.ts';
import { editStored, removeStored } from './edit-stored.ts';
import { SerialWorker } from './serial-worker.ts';

interface Content {
  readonly storageId: string;
  readonly object: KubeObject;
}

/** Empties Namespaces that are being deleted, and lets them go once they are empty. */
export class NamespaceCleaner {
  readonly #api: ApiContext;
  readonly #worker: SerialWorker;
  readonly #stopListening: () => void;

  constructor(api: ApiContext) {
    this.#api = api;
    this.#worker = new SerialWorker(api.logger, (name) => this.#clean(name));
    for (const object of api.store.list(namespaceResource.storageId)) this.#add(object);
    this.#stopListening = api.store.listen((storageId, { kind, object }) => {
      if (storageId === namespaceResource.storageId) this.#add(object);
      else if (kind === 'deleted') this.#addNamespaceOf(object);
    });
  }

  async close(): Promise<void> {
    this.#stopListening();
    await this.#worker.close();
  }

  #add({ metadata }: KubeObject): void {
    if (metadata.deletionTimestamp !== undefined) this.#worker.add(metadata.name);
  }

  #addNamespaceOf({ metadata }: KubeObject): void {
    const namespace = this.#api.store.get(namespaceResource.storageId, metadata.namespace ?? '');
    if (namespace !== undefined) this.#add(namespace);
  }

  async #clean(name: string): Promise<void> {
    for (const { storageId, object } of this.#contentsOf(name)) {
      const location = { storageId, key: keyOf(object.metadata) };
      const { uid } = object.metadata;
      await removeStored(this.#api, location, { propagation: 'Background', uid });
    }
    const remaining = this.#contentsOf(name);
    const location = { storageId: namespaceResource.storageId, key: name };
    await editStored(this.#api, location, (namespace) =>
      remaining.length === 0
        ? { ...namespace, spec: { ...objectOr(namespace.spec), finalizers: [] } }
        : this.#withConditions(namespace, remaining),
    );
  }

  #contentsOf(namespace: string): Content[] {
    const { store } = this.#api;
    return store.resourceIds().flatMap((storageId) =>
      store
        .list(storageId)
        .filter(({ metadata }) => metadata.namespace === namespace)
        .map((object) => ({ storageId, object })),
    );
  }

  #withConditions(namespace: KubeObject, remaining: readonly Content[]): KubeObject {
    const status = objectOr(namespace.status);
    const conditions = remainingConditions(remaining);
    const before = listOr(status.conditions).map((condition) =>
      withoutFields(objectOr(condition), 'lastTransitionTime'),
    );
    const isSame = jsonEqual(before, conditions);
    if (isSame) return namespace;
    const lastTransitionTime = timestamp(this.#api.now());
    const timed = conditions.map((condition) => ({ ...condition, lastTransitionTime }));
    return { ...namespace, status: { ...status, conditions: timed } };
  }
}

/** What keeps the Namespace, in the words of the Namespace controller. */
function remainingConditions(remaining: readonly Content[]): JsonObject[] {
  const resources = countBy(remaining.map(({ storageId }) => resourceName(storageId)));
  const finalizers = countBy(remaining.flatMap(({ object }) => object.metadata.finalizers ?? []));
  const resourceTexts = resources.map(([name, count]) => `${name} has ${count} resource instances`);
  const finalizerTexts = finalizers.map(
    ([name, count]) => `${name} in ${count} resource instances`,
  );
  return [
    {
      type: 'NamespaceContentRemaining',
      status: 'True',
      reason: 'SomeResourcesRemain',
      message: `Some resources are remaining: ${resourceTexts.join(', ')}`,
    },
    {
      type: 'NamespaceFinalizersRemaining',
      status: finalizers.length === 0 ? 'False' : 'True',
      reason: finalizers.length === 0 ? 'ContentHasNoFinalizers' : 'SomeFinalizersRemain',
      message:
        finalizers.length === 0
          ? 'All content-preserving finalizers finished'
          : `Some content in the namespace has finalizers remaining: ${finalizerTexts.join(', ')}`,
    },
  ];
}

function resourceName(storageId: string): string {
  const [group = '', plural = ''] = storageId.split('/');
  return group === 'core' ? `${plural}.` : `${plural}.${group}`;
}

function countBy(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([left], [right]) => (left < right ? -1 : 1));
}
