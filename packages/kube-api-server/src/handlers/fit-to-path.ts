import { badRequest, invalid } from '../errors/api-errors.ts';
import { invalidValue } from '../errors/field-problems.ts';
import { isJsonObject, objectOr, shown, type JsonObject } from '../json/json-value.ts';
import { servedApiVersion } from '../registry/resource.ts';
import type { ResourceRequest } from './resource-request.ts';

/** The body as an object of the kind, Namespace and name that the path names. */
export function fitToPath(body: JsonObject, request: ResourceRequest): JsonObject {
  assertKind(body, request);
  if (body.metadata !== undefined && !isJsonObject(body.metadata) && body.metadata !== null) {
    throw badRequest('metadata must be an object');
  }
  const metadata = objectOr(body.metadata);
  assertNamespace(metadata, request);
  assertName(metadata, request);
  const { namespace, name } = request;
  return {
    ...body,
    apiVersion: servedApiVersion(request.served),
    kind: request.served.resource.kind,
    metadata: {
      ...metadata,
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
    },
  };
}

function assertKind(body: JsonObject, { served }: ResourceRequest): void {
  const apiVersion = servedApiVersion(served);
  const { kind } = served.resource;
  if (served.resource.isCustom && (body.kind === undefined || body.apiVersion === undefined)) {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${kind}): Object 'Kind' is missing in '${JSON.stringify(body)}'`,
    );
  }
  const isSame = (body.kind ?? kind) === kind && (body.apiVersion ?? apiVersion) === apiVersion;
  if (isSame) return;
  if (served.resource.isCustom && body.apiVersion === apiVersion) {
    const problem = invalidValue('kind', shown(body.kind), `must be ${kind}`);
    throw invalid(served.resource, '', [problem]);
  }
  if ((body.apiVersion ?? apiVersion) === apiVersion) {
    const { name } = served.version;
    throw badRequest(
      `${shown(body.kind)} in version ${JSON.stringify(name)} cannot be handled as a ${kind}: unknown conversion`,
    );
  }
  throw badRequest(
    `the API version in the data (${shown(body.apiVersion)}) does not match the expected API version (${apiVersion})`,
  );
}

function assertNamespace(metadata: JsonObject, request: ResourceRequest): void {
  const { namespace } = metadata;
  if (namespace === undefined || namespace === null || namespace === '') return;
  if (namespace === request.namespace) return;
  throw badRequest(
    'the namespace of the provided object does not match the namespace sent on the request',
  );
}

function assertName(metadata: JsonObject, { name }: ResourceRequest): void {
  const own = metadata.name ?? '';
  if (name === undefined || own === name) return;
  if (own === '') {
    throw badRequest(
      `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
    );
  }
  throw badRequest(
    `the name of the object (${shown(own)}) does not match the name on the URL (${name})`,
  );
}
