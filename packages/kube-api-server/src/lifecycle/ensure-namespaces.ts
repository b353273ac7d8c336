import { prepareCreate } from '../admission/prepare-create.ts';
import type { ApiContext } from '../handlers/api-context.ts';
import { namespaceResource } from '../registry/built-in/namespace-resource.ts';

const names = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** The Namespaces that every cluster has. */
export async function ensureNamespaces(api: ApiContext): Promise<void> {
  const [version] = namespaceResource.versions;
  if (version === undefined) return;
  const served = { resource: namespaceResource, version };
  for (const name of names) {
    if (api.store.get(namespaceResource.storageId, name) !== undefined) continue;
    const bare = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    const facts = {
      uid: api.newUid(),
      now: api.now(),
      name,
      namespace: undefined,
      peers: () => [],
    };
    const object = prepareCreate(bare, served, facts);
    await api.store.write(namespaceResource.storageId, name, (current) =>
      current === undefined ? { kind: 'put', object } : { kind: 'keep' },
    );
  }
}
