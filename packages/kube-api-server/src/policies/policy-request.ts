import type { JsonObject } from '../json/json-value.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { ServedResource } from '../registry/resource.ts';

/** A write that admission policies judge. */
export interface PolicyRequest {
  readonly operation: 'CREATE' | 'UPDATE';
  readonly served: ServedResource;
  readonly subresource: string | undefined;
  readonly object: KubeObject;
  readonly oldObject: KubeObject | undefined;
  readonly namespaceObject: KubeObject | undefined;
}

/** `request` of CEL. */
export function requestFields(request: PolicyRequest): JsonObject {
  const { operation, served, subresource, object } = request;
  const { resource, version } = served;
  const { name, namespace } = object.metadata;
  return {
    operation,
    kind: { group: resource.group, version: version.name, kind: resource.kind },
    resource: { group: resource.group, version: version.name, resource: resource.plural },
    subResource: subresource ?? '',
    name,
    ...(namespace === undefined ? {} : { namespace }),
    userInfo: { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] },
  };
}
