import { isJsonObject, listOr, objectOr, textOr, type JsonObject } from '../json/json-value.ts';
import type { ServerAccess } from '../kubeconfig-for.ts';
import { callApi, type ApiCall, type ApiReply } from './api-call.ts';

/** Requests to one server, and where it keeps each kind; ends with its signal. */
export class ApiSession {
  readonly #server: ServerAccess;
  readonly #signal: AbortSignal;
  /** Resources of a group and version, once asked for. */
  readonly #resources = new Map<string, readonly JsonObject[]>();

  constructor(server: ServerAccess, signal: AbortSignal) {
    this.#server = server;
    this.#signal = signal;
  }

  get signal(): AbortSignal {
    return this.#signal;
  }

  call(call: Omit<ApiCall, 'signal'>): Promise<ApiReply> {
    return callApi(this.#server, { ...call, signal: this.#signal });
  }

  async pathOf(object: JsonObject): Promise<string> {
    const apiVersion = textOr(object.apiVersion, '');
    const root = rootOf(apiVersion);
    const resources = await this.#resourcesOf(root);
    const resource = resources.find(({ kind }) => kind === object.kind);
    if (resource === undefined) {
      throw new Error(`${titleOf(object)}: the server has no such kind in ${apiVersion}`);
    }
    const { namespace, name } = objectOr(object.metadata);
    const scope = resource.namespaced === true ? `/namespaces/${textOr(namespace, 'default')}` : '';
    return `${root}${scope}/${textOr(resource.name, '')}/${encodeURIComponent(textOr(name, ''))}`;
  }

  /** Paths of all kinds that can be listed and deleted, each in the version that its group prefers. */
  async collections(): Promise<string[]> {
    const { body } = await this.call({ method: 'GET', path: '/apis' });
    const preferred = listOr(body.groups).map((group) =>
      rootOf(textOr(objectOr(objectOr(group).preferredVersion).groupVersion, '')),
    );
    const paths: string[] = [];
    for (const root of [rootOf('v1'), ...preferred]) {
      for (const { name, verbs } of await this.#resourcesOf(root)) {
        const canBeLeftOver = ['list', 'delete'].every((verb) => listOr(verbs).includes(verb));
        if (canBeLeftOver) paths.push(`${root}/${textOr(name, '')}`);
      }
    }
    return paths;
  }

  /** Without subresources; none where the server knows nothing of the version. */
  async #resourcesOf(root: string): Promise<readonly JsonObject[]> {
    const known = this.#resources.get(root);
    if (known !== undefined) return known;
    const { code, body } = await this.call({ method: 'GET', path: root });
    const all = code === 200 ? listOr(body.resources).filter(isJsonObject) : [];
    const resources = all.filter(({ name }) => !textOr(name, '').includes('/'));
    this.#resources.set(root, resources);
    return resources;
  }
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** `Kind namespace/name` */
export function titleOf({ kind, metadata }: JsonObject): string {
  const { namespace, name } = objectOr(metadata);
  const path = typeof namespace === 'string' ? `${namespace}/` : '';
  return `${textOr(kind, 'object')} ${path}${textOr(name, '')}`;
}
