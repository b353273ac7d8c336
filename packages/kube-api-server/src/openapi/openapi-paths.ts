import type { JsonObject } from '../json/json-value.ts';
import type { ServedResource } from '../registry/resource.ts';
import { definitionName } from './published-schema.ts';

const text = { type: 'string', uniqueItems: true };

function inQuery(name: string): JsonObject {
  return { name, in: 'query', schema: text };
}

const writeParameters = ['dryRun', 'fieldManager', 'fieldValidation'].map(inQuery);
const patchTypes = [
  'application/apply-patch+yaml',
  'application/json-patch+json',
  'application/merge-patch+json',
];

/** Operations of a resource, as far as clients read them: which kind, which parameters, which patches. */
export function pathsOf(served: ServedResource): JsonObject {
  const { resource, version } = served;
  const base = resource.group === '' ? '/api/v1' : `/apis/${resource.group}/${version.name}`;
  const scope = resource.isNamespaced ? `${base}/namespaces/{namespace}` : base;
  const collection = `${scope}/${resource.plural}`;
  const paths: JsonObject = {
    [collection]: {
      get: operation(served, 'list'),
      post: operation(served, 'post'),
      delete: operation(served, 'deletecollection'),
    },
    [`${collection}/{name}`]: objectOperations(served),
  };
  if (version.hasStatus) paths[`${collection}/{name}/status`] = objectOperations(served);
  if (resource.isNamespaced)
    paths[`${base}/${resource.plural}`] = { get: operation(served, 'list') };
  return paths;
}

function objectOperations(served: ServedResource): JsonObject {
  return {
    get: operation(served, 'get'),
    put: operation(served, 'put'),
    patch: operation(served, 'patch'),
    delete: operation(served, 'delete'),
  };
}

function operation(served: ServedResource, action: string): JsonObject {
  const { resource, version } = served;
  const isWrite = action === 'post' || action === 'put' || action === 'patch';
  const schema = { $ref: `#/components/schemas/${definitionName(served)}` };
  const types = action === 'patch' ? patchTypesOf(served) : ['*/*'];
  const content = Object.fromEntries(types.map((type) => [type, { schema }]));
  return {
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': {
      group: resource.group,
      version: version.name,
      kind: resource.kind,
    },
    parameters: isWrite ? writeParameters : [],
    ...(isWrite ? { requestBody: { required: true, content } } : {}),
    responses: { '200': { description: 'OK', content: { 'application/json': { schema } } } },
  };
}

function patchTypesOf({ resource }: ServedResource): string[] {
  return resource.isCustom ? patchTypes : [...patchTypes, 'application/strategic-merge-patch+json'];
}
