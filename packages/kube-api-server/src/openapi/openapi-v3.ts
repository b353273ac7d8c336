import { createHash } from 'node:crypto';
import type { JsonObject } from '../json/json-value.ts';
import type { ServedResource } from '../registry/resource.ts';
import type { ResourceRegistry } from '../registry/resource-registry.ts';
import { pathsOf } from './openapi-paths.ts';
import { definitionName, objectMetaDefinition, publishedSchema } from './published-schema.ts';

/** `GET /openapi/v3`: where each group's document is; the hash changes with its content. */
export function openApiIndex(registry: ResourceRegistry): JsonObject {
  const paths: JsonObject = {};
  for (const { name, versions } of registry.groups()) {
    for (const version of versions) {
      const path = name === '' ? `api/${version}` : `apis/${name}/${version}`;
      const text = JSON.stringify(openApiDocument(registry, name, version));
      const hash = createHash('sha256').update(text).digest('hex').toUpperCase();
      paths[path] = { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` };
    }
  }
  return { paths };
}

/** `GET /openapi/v3/apis/<group>/<version>`; undefined when nothing of it is served. */
export function openApiDocument(
  registry: ResourceRegistry,
  group: string,
  version: string,
): JsonObject | undefined {
  const served = registry.resourcesOf(group, version);
  if (served.length === 0) return undefined;
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.34.0' },
    paths: Object.assign({}, ...served.map(pathsOf)) as JsonObject,
    components: { schemas: schemasOf(served) },
  };
}

function schemasOf(served: readonly ServedResource[]): JsonObject {
  const schemas: JsonObject = { ...objectMetaDefinition };
  for (const each of served) {
    const { resource, version } = each;
    const name = definitionName(each);
    const gvk = { group: resource.group, version: version.name, kind: resource.kind };
    schemas[name] = { ...publishedSchema(each), 'x-kubernetes-group-version-kind': [gvk] };
    schemas[`${name}List`] = {
      type: 'object',
      description: `${resource.listKind} is a list of ${resource.kind}`,
      required: ['items'],
      properties: {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: { type: 'object' },
        items: { type: 'array', items: { $ref: `#/components/schemas/${name}` } },
      },
      'x-kubernetes-group-version-kind': [{ ...gvk, kind: resource.listKind }],
    };
  }
  return schemas;
}
