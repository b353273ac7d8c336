import type { KubeObject } from '../object/kube-object.ts';
import { column, nameColumn } from '../registry/built-in/columns.ts';
import type { PrinterColumn } from '../registry/resource.ts';
import type { CustomDefinition } from './custom-definition.ts';

/** What `kubectl get crds` prints. */
export const definitionColumns: readonly PrinterColumn[] = [
  nameColumn,
  column('Scope', (object) => specOf(object).scope),
  column('Versions', servedVersions),
  column('Created At', ({ metadata }) => metadata.creationTimestamp ?? null, { type: 'date' }),
  column('Group', (object) => specOf(object).group, { priority: 1 }),
  column('Kind', (object) => specOf(object).names.kind, { priority: 1 }),
  column('ShortNames', (object) => (specOf(object).names.shortNames ?? []).join(','), {
    priority: 1,
  }),
  column('Established', isEstablished, { type: 'boolean', priority: 1 }),
];

function servedVersions(object: KubeObject): string {
  return specOf(object)
    .versions.filter(({ served }) => served)
    .map(({ name, storage }) => (storage ? `${name}(storage)` : name))
    .sort()
    .join(',');
}

function isEstablished(object: KubeObject): boolean {
  const { conditions = [] } = (object as CustomDefinition).status ?? {};
  return conditions.some(({ type, status }) => type === 'Established' && status === 'True');
}

function specOf(object: KubeObject): CustomDefinition['spec'] {
  return (object as CustomDefinition).spec;
}
