import {
  brokerKind,
  customResourceDefinitions,
  triggerKind,
  type KubernetesObject,
} from '@jetmesh/eventing-api';
import { describe, expect, it } from '@jest/globals';
import { describeOnKubeApis, type KubeFixture } from './support/describe-on-kube-apis.ts';
import { createDefinition, hasCondition, untilEstablished } from './support/install-definitions.ts';
import { rejectedObjects, type SpecObject } from './support/rejected-objects.ts';
import { resourcePath } from './support/resource-path.ts';

function installation(kube: KubeFixture): void {
  describe.each([...customResourceDefinitions])('$metadata.name', (definition) => {
    it('is taken in strict mode, cost of its rules included, with no warning', async () => {
      const { status, warnings, body } = await createDefinition(kube.api, definition);
      expect({ status, warnings, refusal: body.message }).toEqual({ status: 201, warnings: [] });
    });

    it('is established, with a structural schema', async () => {
      const established = await untilEstablished(kube.api, definition);
      expect(hasCondition(established, 'NamesAccepted')).toBe(true);
      expect(hasCondition(established, 'NonStructuralSchema')).toBe(false);
    });
  });
}

function rules(kube: KubeFixture): void {
  it.each(rejectedObjects)('refuse $title', async ({ object, stored, field, message }) => {
    const refused = stored === undefined ? await create(object) : await change(stored, object);
    expect(refused.status).toBe(422);
    expect(refused.body.reason).toBe('Invalid');
    expect(refused.body.details?.causes).toContainEqual(
      expect.objectContaining({ field, message: expect.stringContaining(message) }),
    );
  });

  function create(object: SpecObject) {
    return kube.api.send('POST', `${pathOf(object)}?fieldValidation=Strict`, {
      body: whole(object),
    });
  }

  async function change(stored: SpecObject, object: SpecObject) {
    expect(await create(stored)).toMatchObject({ status: 201 });
    const path = `${pathOf(stored)}/under-test`;
    const { body } = await kube.api.send<KubernetesObject>('GET', path);
    return kube.api.send('PUT', path, { body: { ...body, spec: object.spec } });
  }

  function pathOf({ kind }: SpecObject): string {
    return resourcePath(kind === 'Broker' ? brokerKind : triggerKind, kube.namespace);
  }
}

function whole({ kind, spec }: SpecObject): KubernetesObject & { spec: object } {
  return { apiVersion: 'eventing.knative.dev/v1', kind, metadata: { name: 'under-test' }, spec };
}

describeOnKubeApis('definitions', installation, {});
describeOnKubeApis('rules of definitions', rules);
