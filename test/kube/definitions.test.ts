import {
  customResourceDefinitions,
  type KubernetesObject,
  type ResourceKind,
} from '@jetmesh/eventing-api';
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { acceptedObjects } from './support/accepted-objects.ts';
import type { ApiStatus } from './support/api-client.ts';
import { describeOnKubeApis, type KubeFixture } from './support/describe-on-kube-apis.ts';
import { createDefinition, hasCondition, untilEstablished } from './support/install-definitions.ts';
import { rejectedObjects, type SpecObject } from './support/rejected-objects.ts';
import { resourcePath } from './support/resource-path.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

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

  it.each(acceptedObjects)('let $title pass, whole', async ({ object }) => {
    const { status, body } = await create<SpecObject>(object);
    expect({ status, spec: body.spec }).toEqual({ status: 201, spec: object.spec });
  });

  it.each(exampleFiles())('take %s, with no field unknown', async (file) => {
    for (const object of documentsOf(file)) {
      const kind = kinds.find(
        (one) => one.kind === object.kind && versionOf(object) === one.version,
      );
      if (kind === undefined) continue;
      const path = `${resourcePath(kind, kube.namespace)}?fieldValidation=Strict`;
      const metadata = { ...object.metadata, namespace: kube.namespace };
      const { status, body } = await kube.api.send('POST', path, { body: { ...object, metadata } });
      expect({ status, refusal: body.message }).toEqual({ status: 201 });
    }
  });

  function create<T = ApiStatus>(object: SpecObject) {
    return kube.api.send<T>('POST', `${pathOf(object)}?fieldValidation=Strict`, {
      body: whole(object),
    });
  }

  async function change(stored: SpecObject, object: SpecObject) {
    expect(await create(stored)).toMatchObject({ status: 201 });
    const path = `${pathOf(stored)}/under-test`;
    const { body } = await kube.api.send<KubernetesObject>('GET', path);
    return kube.api.send('PUT', path, { body: { ...body, spec: object.spec } });
  }

  function pathOf({ kind, version = 'v1' }: SpecObject): string {
    const resource = kinds.find((one) => one.kind === kind && one.version === version);
    return resourcePath(resource!, kube.namespace);
  }
}

/** Our kinds in every version. */
const kinds: readonly ResourceKind[] = customResourceDefinitions.flatMap(({ spec }) =>
  spec.versions.map(({ name }) => ({
    group: spec.group,
    version: name,
    kind: spec.names.kind,
    plural: spec.names.plural,
    isNamespaced: true,
  })),
);

function versionOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.split('/').at(-1) ?? '';
}

function exampleFiles(): string[] {
  return readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort();
}

function documentsOf(file: string): KubernetesObject[] {
  const documents = parseAllDocuments(readFileSync(join(examples, file), 'utf8'));
  return documents.map((document) => document.toJS() as KubernetesObject);
}

function whole({ kind, version = 'v1', spec }: SpecObject): KubernetesObject & { spec: object } {
  const apiVersion = `eventing.knative.dev/${version}`;
  return { apiVersion, kind, metadata: { name: 'under-test' }, spec };
}

describe('the table of refused objects', () => {
  it('has one for every rule of the definitions', () => {
    const refused = rejectedObjects.map(({ message }) => message);
    const messages = messagesOfRules(customResourceDefinitions);
    const isRefused = (message: string) => refused.some((one) => isSaidBy(one, message));
    expect(messages.filter((message) => !isRefused(message))).toEqual([]);
  });
});

/** The message of each `x-kubernetes-validations` anywhere below. */
/** A refusal may say the wrong value in the middle of the rule's message. */
function isSaidBy(refusal: string, message: string): boolean {
  const [start = '', ...rest] = message.split(': ');
  const end = rest.at(-1) ?? start;
  return refusal === message || (refusal.startsWith(start) && refusal.endsWith(`: ${end}`));
}

function messagesOfRules(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'x-kubernetes-validations'
      ? (inner as { message: string }[]).map(({ message }) => message)
      : messagesOfRules(inner),
  );
}

describeOnKubeApis('definitions', installation, {});
describeOnKubeApis('rules of definitions', rules);
