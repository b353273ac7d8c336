import {
  customResourceDefinitionKind,
  customResourceDefinitions,
  type CustomResourceDefinition,
} from '@jetmesh/eventing-api';
import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.ts';
import { ApiClient, type ApiResponse, type ApiStatus } from './api-client.ts';
import type { KubeApiAccess } from './kube-api-under-test.ts';
import { resourcePath } from './resource-path.ts';

export interface EstablishedDefinition extends CustomResourceDefinition {
  status?: { conditions?: { type: string; status: string; message?: string }[] };
}

/** Creates every definition of ours and waits until the API serves it. For `prepare` of a server. */
export async function installDefinitions(access: KubeApiAccess): Promise<void> {
  const api = new ApiClient(access);
  try {
    for (const definition of customResourceDefinitions) {
      const { status, body } = await createDefinition(api, definition);
      if (status !== 201) throw new Error(`${definition.metadata.name}: ${body.message}`);
    }
    for (const definition of customResourceDefinitions) await untilEstablished(api, definition);
  } finally {
    await api.close();
  }
}

export function createDefinition(
  api: ApiClient,
  definition: CustomResourceDefinition,
): Promise<ApiResponse<ApiStatus>> {
  return api.send('POST', `${resourcePath(customResourceDefinitionKind)}?fieldValidation=Strict`, {
    body: definition,
  });
}

/** Established, and its kind answers in every version. */
export function untilEstablished(
  api: ApiClient,
  definition: CustomResourceDefinition,
): Promise<EstablishedDefinition> {
  const path = resourcePath(customResourceDefinitionKind, undefined, definition.metadata.name);
  const { group, names, versions } = definition.spec;
  return eventually(async () => {
    const { body } = await api.send<EstablishedDefinition>('GET', path);
    assert(hasCondition(body, 'Established'), `${definition.metadata.name} is not established`);
    for (const { name: version } of versions) {
      const { status } = await api.send('GET', `/apis/${group}/${version}/${names.plural}`);
      assert.equal(status, 200, `${version} of ${names.plural} is not served`);
    }
    return body;
  });
}

export function hasCondition(definition: EstablishedDefinition, type: string): boolean {
  const condition = definition.status?.conditions?.find((one) => one.type === type);
  return condition?.status === 'True';
}
