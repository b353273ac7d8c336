import { objectOr } from '../json/json-value.ts';
import type { ManagedFieldsEntry } from '../object/kube-object.ts';
import { FieldSet } from './field-set.ts';

/** Who set which fields, by which kind of request. */
export interface FieldManager {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource: string;
  readonly time: string | undefined;
  readonly fields: FieldSet;
}

export type FieldManagers = ReadonlyMap<string, FieldManager>;

/** One applier is one manager in all versions; updaters are told apart by version too. */
export function managerKey(manager: Omit<FieldManager, 'fields' | 'time'>): string {
  const { operation, apiVersion, subresource } = manager;
  const version = operation === 'Apply' ? '' : apiVersion;
  return JSON.stringify([manager.manager, operation, version, subresource]);
}

export function decodeManagers(entries: readonly ManagedFieldsEntry[] | undefined): FieldManagers {
  const managers = new Map<string, FieldManager>();
  for (const entry of entries ?? []) {
    const manager: FieldManager = {
      manager: entry.manager ?? '',
      operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
      apiVersion: entry.apiVersion ?? '',
      subresource: entry.subresource ?? '',
      time: entry.time,
      fields: FieldSet.fromFieldsV1(objectOr(entry.fieldsV1)),
    };
    managers.set(managerKey(manager), manager);
  }
  return managers;
}

export function encodeManagers(managers: FieldManagers): ManagedFieldsEntry[] {
  return [...managers.values()]
    .filter(({ fields }) => !fields.isEmpty)
    .sort(byOperationThenTime)
    .map(({ manager, operation, apiVersion, subresource, time, fields }) => ({
      manager,
      operation,
      apiVersion,
      ...(time === undefined ? {} : { time }),
      fieldsType: 'FieldsV1',
      fieldsV1: fields.toFieldsV1(),
      ...(subresource === '' ? {} : { subresource }),
    }));
}

function byOperationThenTime(left: FieldManager, right: FieldManager): number {
  const order = (manager: FieldManager): string =>
    [manager.operation, manager.time ?? '', manager.manager, manager.apiVersion].join('\n');
  return order(left) < order(right) ? -1 : 1;
}
