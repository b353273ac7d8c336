import { prepareCreate } from '../admission/prepare-create.ts';
import type { ApiContext } from '../handlers/api-context.ts';
import type { KubeObject } from '../object/kube-object.ts';
import { namespaceResource } from '../registry/built-in/namespace-resource.ts';
import { serviceAccountResource } from '../registry/built-in/service-account-resource.ts';
import { SerialWorker } from './serial-worker.ts';

/** Gives every Namespace its ServiceAccount `default`, as the controller manager of a cluster does. */
export function provideDefaultServiceAccounts(api: ApiContext): () => Promise<void> {
  const worker = new SerialWorker(api.logger, (namespace) => provide(api, namespace));
  const add = ({ metadata }: KubeObject): void => {
    if (metadata.deletionTimestamp === undefined) worker.add(metadata.name);
  };
  for (const namespace of api.store.list(namespaceResource.storageId)) add(namespace);
  const stopNamespaces = api.store.collection(namespaceResource.storageId).listen((change) => {
    if (change.kind === 'added') add(change.object);
  });
  const accounts = api.store.collection(serviceAccountResource.storageId);
  const stopAccounts = accounts.listen(({ kind, object }) => {
    if (kind === 'deleted') worker.add(object.metadata.namespace ?? '');
  });
  return async () => {
    stopNamespaces();
    stopAccounts();
    await worker.close();
  };
}

async function provide(api: ApiContext, namespace: string): Promise<void> {
  const { storageId } = serviceAccountResource;
  const [version] = serviceAccountResource.versions;
  if (version === undefined || !isActive(api, namespace)) return;
  await api.store.write(storageId, `${namespace}/default`, (current) => {
    if (current !== undefined || !isActive(api, namespace)) return { kind: 'keep' };
    const bare = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } };
    const facts = {
      uid: api.newUid(),
      now: api.now(),
      name: 'default',
      namespace,
      peers: () => [],
    };
    const served = { resource: serviceAccountResource, version };
    return { kind: 'put', object: prepareCreate(bare, served, facts) };
  });
}

function isActive(api: ApiContext, name: string): boolean {
  const namespace = api.store.get(namespaceResource.storageId, name);
  return namespace !== undefined && namespace.metadata.deletionTimestamp === undefined;
}
