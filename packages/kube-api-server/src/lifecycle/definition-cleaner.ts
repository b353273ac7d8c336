import type { ApiContext } from '../handlers/api-context.ts';
import { keyOf, withMetadata, type KubeObject } from '../object/kube-object.ts';
import { definitionFinalizer } from '../registry/built-in/definition-strategy.ts';
import { definitionStorageId, type CustomDefinition } from '../registry/custom-definition.ts';
import { storageIdOf } from '../registry/resource.ts';
import { editStored, removeStored } from './edit-stored.ts';
import { SerialWorker } from './serial-worker.ts';

/** Deletes the objects of definitions that are being deleted, and then lets the definitions go. */
export class DefinitionCleaner {
  readonly #api: ApiContext;
  readonly #worker: SerialWorker;
  readonly #stopListening: () => void;

  constructor(api: ApiContext) {
    this.#api = api;
    this.#worker = new SerialWorker(api.logger, (name) => this.#clean(name));
    for (const object of api.store.list(definitionStorageId)) this.#add(object);
    this.#stopListening = api.store.listen((storageId, { kind, object }) => {
      if (storageId === definitionStorageId) this.#add(object);
      else if (kind === 'deleted') this.#addDefinitionOf(storageId);
    });
  }

  async close(): Promise<void> {
    this.#stopListening();
    await this.#worker.close();
  }

  #add({ metadata }: KubeObject): void {
    if (metadata.deletionTimestamp !== undefined) this.#worker.add(metadata.name);
  }

  #addDefinitionOf(storageId: string): void {
    const [group = '', plural = ''] = storageId.split('/');
    const definition = this.#api.store.get(definitionStorageId, `${plural}.${group}`);
    if (definition !== undefined) this.#add(definition);
  }

  async #clean(name: string): Promise<void> {
    const definition = this.#api.store.get(definitionStorageId, name);
    if (definition === undefined) return;
    const { group, names } = (definition as CustomDefinition).spec;
    const storageId = storageIdOf(group, names.plural);
    for (const { metadata } of this.#api.store.list(storageId)) {
      const location = { storageId, key: keyOf(metadata) };
      const { uid } = metadata;
      await removeStored(this.#api, location, { propagation: 'Background', uid });
    }
    if (this.#api.store.list(storageId).length > 0) return;
    const location = { storageId: definitionStorageId, key: name };
    await editStored(this.#api, location, (stored) => {
      const kept = (stored.metadata.finalizers ?? []).filter(
        (each) => each !== definitionFinalizer,
      );
      return withMetadata(stored, { finalizers: kept.length === 0 ? undefined : kept });
    });
  }
}
