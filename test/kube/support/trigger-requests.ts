import { triggerKind } from '@jetmesh/eventing-api';
import type { ApiRequest, ApiResponse } from './api-client.ts';
import type { KubeFixture } from './describe-on-kube-apis.ts';
import { aTrigger, type AnyObject } from './objects.ts';
import { resourcePath } from './resource-path.ts';

export type PatchType = 'merge-patch' | 'json-patch' | 'strategic-merge-patch' | 'nonsense';
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Requests for the Triggers of the test's Namespace. */
export class TriggerRequests {
  readonly #kube: KubeFixture;

  constructor(kube: KubeFixture) {
    this.#kube = kube;
  }

  collection(query = ''): string {
    return `${resourcePath(triggerKind, this.#kube.namespace)}${query}`;
  }

  path(name: string, more = ''): string {
    return `${resourcePath(triggerKind, this.#kube.namespace, name)}${more}`;
  }

  create(object: AnyObject, query = ''): Promise<ApiResponse<AnyObject>> {
    return this.#kube.api.send('POST', this.collection(query), { body: object });
  }

  async created(name: string): Promise<AnyObject> {
    return (await this.create(aTrigger(name))).body;
  }

  get(name: string): Promise<ApiResponse<AnyObject>> {
    return this.#kube.api.send('GET', this.path(name));
  }

  patch(path: string, body: object, type: PatchType = 'merge-patch') {
    const contentType = `application/${type}+json`;
    return this.#kube.api.send<AnyObject>('PATCH', path, { contentType, body });
  }

  /** Code and reason of an answer that should be a refusal. */
  async refusalOf(method: Method, path: string, request?: ApiRequest) {
    const { status, body } = await this.#kube.api.send(method, path, request);
    return { status, reason: body.reason };
  }
}
