import type { ApiContext } from '../handlers/api-context.ts';
import { keyOf, withMetadata, type KubeObject } from '../object/kube-object.ts';
import { definitionFinalizer } from './definition-strategy.ts';
import { withNameConditions } from './definition-conditions.ts';
import { timestamp } from '../admission/prepare-create.ts';
import type { ObjectChange } from '../store/watch-window.ts';
import { definitionStorageId, isEstablished, type CustomDefinition } from './custom-definition.ts';
import { storageIdOf } from '../registry/resource.ts';
import { editStored, removeStored } from '../lifecycle/edit-stored.ts';
import { SerialWorker } from '../lifecycle/serial-worker.ts';

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
      if (storageId === definitionStorageId) this.#onDefinition(kind, object);
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

  /** Names that a definition gave free may be what another one waits for. */
  #onDefinition(kind: ObjectChange['kind'], object: KubeObject): void {
    if (kind !== 'deleted') {
      this.#add(object);
      return;
    }
    for (const other of this.#definitions()) {
      if (!isEstablished(other)) this.#worker.add(other.metadata.name);
    }
  }

  #definitions(): CustomDefinition[] {
    return this.#api.store.list(definitionStorageId) as CustomDefinition[];
  }

  #addDefinitionOf(storageId: string): void {
    const [group = '', plural = ''] = storageId.split('/');
    const definition = this.#api.store.get(definitionStorageId, `${plural}.${group}`);
    if (definition !== undefined) this.#add(definition);
  }

  async #clean(name: string): Promise<void> {
    const definition = this.#api.store.get(definitionStorageId, name);
    if (definition === undefined) return;
    if (definition.metadata.deletionTimestamp === undefined) {
      await this.#acceptNames(name);
      return;
    }
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

  async #acceptNames(name: string): Promise<void> {
    const now = timestamp(this.#api.now());
    await editStored(this.#api, { storageId: definitionStorageId, key: name }, (stored) =>
      withNameConditions(stored as CustomDefinition, this.#definitions(), now),
    );
  }
}
