import type { ApiContext } from '../handlers/api-context.ts';
import type { KubeObject } from '../object/kube-object.ts';
import { definitionStorageId, isEstablished, type CustomDefinition } from './custom-definition.ts';
import { customResource } from './custom-resource.ts';
import { reshapeStored } from './reshape-stored.ts';

/** Serves what established definitions define, from the moment of their commit. */
export function followDefinitions(api: ApiContext): () => void {
  for (const object of api.store.list(definitionStorageId)) serve(api, object);
  return api.store.collection(definitionStorageId).listen(({ kind, object }) => {
    if (kind === 'deleted') api.registry.removeCustom(object.metadata.name);
    else serve(api, object);
  });
}

function serve(api: ApiContext, object: KubeObject): void {
  const definition = object as CustomDefinition;
  if (!isEstablished(definition)) return;
  const resource = customResource(definition);
  api.registry.serveCustom(definition.metadata.name, resource);
  reshapeStored(api.store, resource);
}
