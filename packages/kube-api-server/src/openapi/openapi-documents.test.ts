import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json/json-value.ts';
import { builtInResources } from '../registry/built-in/built-in-resources.ts';
import { ResourceRegistry } from '../registry/resource-registry.ts';
import type { Resource } from '../registry/resource.ts';
import { OpenApiDocuments } from './openapi-documents.ts';

const thing: Resource = {
  group: 'example.com',
  plural: 'things',
  singular: 'thing',
  kind: 'Thing',
  listKind: 'ThingList',
  isNamespaced: true,
  isCustom: true,
  verbs: [],
  shortNames: [],
  categories: [],
  storageVersion: 'v1',
  storageId: 'example.com/things',
  storageApiVersion: 'example.com/v1',
  strategy: { hasGeneration: true, nameRule: 'subdomain' },
  versions: [
    {
      name: 'v1',
      isServed: true,
      hasStatus: true,
      scale: undefined,
      columns: [],
      selectableFields: [],
      deprecationWarning: undefined,
      schema: { type: 'object', properties: { not: { type: 'string', nullable: true } } },
    },
  ],
};

function documents(): { registry: ResourceRegistry; openApi: OpenApiDocuments } {
  const registry = new ResourceRegistry(builtInResources);
  registry.serveCustom('things.example.com', thing);
  return { registry, openApi: new OpenApiDocuments(registry) };
}

function parsed(bytes: Buffer | undefined): JsonObject {
  return JSON.parse(String(bytes)) as JsonObject;
}

describe('OpenApiDocuments', () => {
  it('has a document for each version, found by its hash', () => {
    const { openApi } = documents();
    const { paths } = openApi.index() as { paths: Record<string, { serverRelativeURL: string }> };
    expect(Object.keys(paths)).toContain('api/v1');
    expect(paths['apis/example.com/v1']?.serverRelativeURL).toMatch(
      /^\/openapi\/v3\/apis\/example\.com\/v1\?hash=[0-9A-F]{64}$/,
    );
  });

  it('describes a kind, its operations and the parameters that kubectl looks for', () => {
    const document = parsed(documents().openApi.document('example.com', 'v1'));
    const gvk = { group: 'example.com', version: 'v1', kind: 'Thing' };
    expect(document).toMatchObject({
      components: {
        schemas: { 'com.example.v1.Thing': { 'x-kubernetes-group-version-kind': [gvk] } },
      },
      paths: {
        '/apis/example.com/v1/namespaces/{namespace}/things/{name}': {
          patch: {
            'x-kubernetes-group-version-kind': gvk,
            parameters: expect.arrayContaining([
              expect.objectContaining({ name: 'fieldValidation' }),
            ]),
          },
        },
      },
    });
  });

  it('has nothing of what is not served', () => {
    const { registry, openApi } = documents();
    expect(openApi.document('example.com', 'v2')).toBeUndefined();
    registry.removeCustom('things.example.com');
    expect(openApi.document('example.com', 'v1')).toBeUndefined();
    expect(JSON.stringify(openApi.index())).not.toContain('example.com');
  });

  it('says the same in version 2, fields that are called like keywords included', () => {
    expect(documents().openApi.version2()).toMatchObject({
      swagger: '2.0',
      definitions: {
        'com.example.v1.Thing': {
          properties: {
            not: { type: 'string' },
            metadata: {
              $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta',
            },
          },
        },
      },
    });
  });
});
