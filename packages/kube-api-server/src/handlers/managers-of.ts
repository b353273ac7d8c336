import { timestamp } from '../admission/prepare-create.ts';
import { decodeManagers, type FieldManager, type FieldManagers } from '../apply/field-managers.ts';
import { fieldScope } from '../apply/field-scope.ts';
import { recordUpdate } from '../apply/record-update.ts';
import { withMetadata, type KubeObject, type ManagedFieldsEntry } from '../object/kube-object.ts';
import { servedApiVersion } from '../registry/resource.ts';
import { objectSchema } from '../schema/object-schema.ts';
import type { ApiContext } from './api-context.ts';
import type { ResourceRequest } from './resource-request.ts';
import type { WriteOptions } from './write-options.ts';

/** Field managers after an update or patch that is not an apply. */
export function managersAfterUpdate(
  api: ApiContext,
  request: ResourceRequest,
  change: { current: KubeObject; wanted: KubeObject; options: WriteOptions },
): FieldManagers {
  const { served, subresource } = request;
  const { current, wanted, options } = change;
  const before = managersBefore(request, current, wanted.metadata.managedFields);
  if (before.size === 0) return before;
  return recordUpdate({
    live: withMetadata(current, { managedFields: undefined }),
    next: wanted,
    schema: objectSchema(served.version.schema),
    managers: before,
    author: authorOf(api, request, { options, operation: 'Update' }),
    scope: fieldScope(subresource, served.version.hasStatus),
  });
}

export function authorOf(
  api: ApiContext,
  { served, subresource = '' }: ResourceRequest,
  { options, operation }: { options: WriteOptions; operation: FieldManager['operation'] },
): Omit<FieldManager, 'fields'> {
  return {
    manager: options.fieldManager,
    operation,
    apiVersion: servedApiVersion(served),
    subresource,
    time: timestamp(api.now()),
  };
}

/** A client may edit managedFields itself, or clear them by an empty list; a status write may not. */
function managersBefore(
  { subresource }: ResourceRequest,
  current: KubeObject,
  wanted: ManagedFieldsEntry[] | undefined,
): FieldManagers {
  const live = decodeManagers(current.metadata.managedFields);
  if (subresource !== undefined || wanted === undefined) return live;
  const [first] = wanted;
  const isReset = first === undefined || (wanted.length === 1 && Object.keys(first).length === 0);
  return isReset ? new Map() : decodeManagers(wanted);
}
