import { createHash } from 'node:crypto';
import type { JsonObject } from '../json/json-value.ts';
import type { ServedResource } from '../registry/resource.ts';
import type { ResourceRegistry } from '../registry/resource-registry.ts';
import { schemasInVersion2, version2PathsOf } from './openapi-version2.ts';
import { pathsOf } from './openapi-paths.ts';
import { definitionName, metaDefinitions, publishedSchema } from './published-schema.ts';

interface Document {
  readonly bytes: Buffer;
  readonly hash: string;
}

/** The OpenAPI v3 documents of what is served, made when asked for and kept until the registry changes. */
export class OpenApiDocuments {
  readonly #registry: ResourceRegistry;
  readonly #documents = new Map<string, Document>();
  #edition = -1;

  constructor(registry: ResourceRegistry) {
    this.#registry = registry;
  }

  /** `GET /openapi/v3`: where each group's document is; the hash changes with its content. */
  index(): JsonObject {
    const paths: JsonObject = {};
    for (const { name, versions } of this.#registry.groups()) {
      for (const version of versions) {
        const document = this.#find(name, version);
        if (document === undefined) continue;
        const path = name === '' ? `api/${version}` : `apis/${name}/${version}`;
        paths[path] = { serverRelativeURL: `/openapi/v3/${path}?hash=${document.hash}` };
      }
    }
    return { paths };
  }

  /** `GET /openapi/v3/apis/<group>/<version>`; undefined when nothing of it is served. */
  document(group: string, version: string): Buffer | undefined {
    return this.#find(group, version)?.bytes;
  }

  /** `GET /openapi/v2`: all definitions in the older form, for clients that know no other. */
  version2(): JsonObject {
    const definitions: JsonObject = {};
    const paths: JsonObject = {};
    for (const { name, versions } of this.#registry.groups()) {
      for (const version of versions) {
        const served = this.#registry.resourcesOf(name, version);
        Object.assign(definitions, schemasInVersion2(schemasOf(served)));
        Object.assign(paths, ...served.map(version2PathsOf));
      }
    }
    return {
      swagger: '2.0',
      info: { title: 'Kubernetes', version: 'v1.37.0' },
      paths,
      definitions,
    };
  }

  #find(group: string, version: string): Document | undefined {
    if (this.#edition !== this.#registry.edition) this.#documents.clear();
    this.#edition = this.#registry.edition;
    const key = `${group}/${version}`;
    const known = this.#documents.get(key);
    const served = this.#registry.resourcesOf(group, version);
    if (known !== undefined || served.length === 0) return known;
    const bytes = Buffer.from(JSON.stringify(documentOf(served)));
    const hash = createHash('sha256').update(bytes).digest('hex').toUpperCase();
    const document = { bytes, hash };
    this.#documents.set(key, document);
    return document;
  }
}

function documentOf(served: readonly ServedResource[]): JsonObject {
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.37.0' },
    paths: Object.assign({}, ...served.map(pathsOf)) as JsonObject,
    components: { schemas: schemasOf(served) },
  };
}

function schemasOf(served: readonly ServedResource[]): JsonObject {
  const schemas: JsonObject = { ...metaDefinitions };
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
