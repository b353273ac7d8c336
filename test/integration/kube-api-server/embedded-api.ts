import {
  kubeconfigFor,
  memoryStorage,
  startKubeApiServer,
  type KubeApiServer,
  type ObjectStorage,
} from '@jetmesh/kube-api-server';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../../kube/support/api-client.ts';
import type { AnyList, AnyObject } from '../../kube/support/objects.ts';

export interface EmbeddedApi {
  readonly server: KubeApiServer;
  readonly client: ApiClient;
  readonly folder: string;
  readonly kubeconfig: string;
  get(path: string): Promise<AnyObject>;
  list(path: string): Promise<AnyObject[]>;
  /** Sends a body and expects success. */
  post(path: string, body: object): Promise<AnyObject>;
  merge(path: string, body: object): Promise<AnyObject>;
  remove(path: string, options?: object): Promise<AnyObject>;
  isGone(path: string): Promise<boolean>;
  close(): Promise<void>;
}

/** The server under test with a client, and a kubeconfig in a folder of its own. */
export async function startEmbeddedApi(
  storage: ObjectStorage = memoryStorage(),
): Promise<EmbeddedApi> {
  const server = await startKubeApiServer({ storage });
  const folder = await mkdtemp(join(tmpdir(), 'jetmesh-kube-api-server-'));
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigFor(server));
  const access = { url: server.url, token: undefined, certificateAuthority: undefined, kubeconfig };
  const client = new ApiClient(access);

  async function expectOk(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<AnyObject> {
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const options = body === undefined ? {} : { body, contentType };
    const answer = await client.send<AnyObject>(method, path, options);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  return {
    server,
    client,
    folder,
    kubeconfig,
    get: (path) => expectOk('GET', path),
    list: async (path) => ((await expectOk('GET', path)) as unknown as AnyList).items,
    post: (path, body) => expectOk('POST', path, body),
    merge: (path, body) => expectOk('PATCH', path, body),
    remove: (path, options) => expectOk('DELETE', path, options),
    isGone: async (path) => (await client.send('GET', path)).status === 404,
    async close() {
      await server.close();
      await client.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const configMaps = '/api/v1/namespaces/default/configmaps';
export const widgets = '/apis/example.com/v1/namespaces/default/widgets';
export const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
