import {
  brokerKind,
  customResourceDefinitions,
  triggerKind,
  type KubernetesObject,
} from '@jetmesh/eventing-api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient } from './support/api-client.ts';
import { createDefinition, hasCondition, untilEstablished } from './support/install-definitions.ts';
import type { KubeApiUnderTest } from './support/kube-api-under-test.ts';
import { kubeApis } from './support/kube-apis.ts';
import { rejectedObjects, type SpecObject } from './support/rejected-objects.ts';
import { resourcePath } from './support/resource-path.ts';
import { createTestNamespace } from './support/test-namespace.ts';

describe.each(kubeApis)('definitions on $name', ({ start }) => {
  let server: KubeApiUnderTest;
  let api: ApiClient;

  beforeAll(async () => {
    server = await start();
    api = new ApiClient(server);
  }, 120_000);

  afterAll(async () => {
    await api.close();
    await server.stop();
  });

  describe.each([...customResourceDefinitions])('$metadata.name', (definition) => {
    it('is taken in strict mode, cost of its rules included, with no warning', async () => {
      const { status, warnings, body } = await createDefinition(api, definition);
      expect({ status, warnings, refusal: body.message }).toEqual({ status: 201, warnings: [] });
    });

    it('is established, with a structural schema', async () => {
      const established = await untilEstablished(api, definition);
      expect(hasCondition(established, 'NamesAccepted')).toBe(true);
      expect(hasCondition(established, 'NonStructuralSchema')).toBe(false);
    });
  });

  it.each(rejectedObjects)('refuses $title', async ({ object, stored, field, message }) => {
    const namespace = await createTestNamespace(api);
    const refused =
      stored === undefined ? await create(namespace, object) : await change(stored, object);
    expect(refused.status).toBe(422);
    expect(refused.body.reason).toBe('Invalid');
    expect(refused.body.details?.causes).toContainEqual(
      expect.objectContaining({ field, message: expect.stringContaining(message) }),
    );
  });

  async function create(namespace: string, object: SpecObject) {
    return api.send('POST', `${pathOf(object, namespace)}?fieldValidation=Strict`, {
      body: whole(object),
    });
  }

  async function change(stored: SpecObject, object: SpecObject) {
    const namespace = await createTestNamespace(api);
    expect(await create(namespace, stored)).toMatchObject({ status: 201 });
    const path = `${pathOf(stored, namespace)}/under-test`;
    const { body } = await api.send<KubernetesObject>('GET', path);
    return api.send('PUT', path, { body: { ...body, spec: object.spec } });
  }
});

function pathOf({ kind }: SpecObject, namespace: string): string {
  return resourcePath(kind === 'Broker' ? brokerKind : triggerKind, namespace);
}

function whole({ kind, spec }: SpecObject): KubernetesObject & { spec: object } {
  return { apiVersion: 'eventing.knative.dev/v1', kind, metadata: { name: 'under-test' }, spec };
}
