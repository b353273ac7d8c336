import {
  isJsonObject,
  listOr,
  objectOr,
  shown,
  withoutFields,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.ts';
import type { ServedResource } from '../registry/resource.ts';
import { pathsOf } from './openapi-paths.ts';

const onlyInVersion3 = new Set(['nullable', 'anyOf', 'oneOf', 'not']);

/** A schema of OpenAPI v3 as v2 has it: references lead elsewhere and stand alone, what only v3 knows is left out. */
export function inVersion2(schema: JsonObject): JsonObject {
  const kept: JsonObject = {};
  const [reference, ...others] = listOr(schema.allOf);
  if (others.length === 0 && isJsonObject(reference) && reference.$ref !== undefined) {
    return { ...inVersion2(reference), description: schema.description };
  }
  for (const [keyword, value] of Object.entries(schema)) {
    if (value === undefined || onlyInVersion3.has(keyword)) continue;
    kept[keyword] = convert(keyword, value);
  }
  return kept;
}

function convert(keyword: string, value: JsonValue): JsonValue {
  switch (keyword) {
    case '$ref':
      return shown(value).replace('#/components/schemas/', '#/definitions/');
    case 'properties':
      return schemasInVersion2(objectOr(value));
    case 'allOf':
      return (value as JsonObject[]).map(inVersion2);
    case 'items':
    case 'additionalProperties':
      return isJsonObject(value) ? inVersion2(value) : value;
    default:
      return value;
  }
}

/** Schemas by name. */
export function schemasInVersion2(schemas: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, inVersion2(objectOr(schema))]),
  );
}

/** Paths with the kind and parameters of each operation only. */
export function version2PathsOf(served: ServedResource): JsonObject {
  const paths: JsonObject = {};
  for (const [path, operations] of Object.entries(pathsOf(served))) {
    paths[path] = Object.fromEntries(
      Object.entries(objectOr(operations)).map(([method, operation]) => [
        method,
        withKind(objectOr(operation)),
      ]),
    );
  }
  return paths;
}

function withKind(operation: JsonObject): JsonObject {
  return {
    'x-kubernetes-action': operation['x-kubernetes-action'],
    'x-kubernetes-group-version-kind': operation['x-kubernetes-group-version-kind'],
    parameters: listOr(operation.parameters).map((parameter) => ({
      ...withoutFields(objectOr(parameter), 'schema'),
      type: 'string',
    })),
    responses: { '200': { description: 'OK' } },
  };
}
