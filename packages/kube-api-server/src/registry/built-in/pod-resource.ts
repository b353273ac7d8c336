import { listOr, objectOr, textOr } from '../../json/json-value.ts';
import {
  conditions,
  listByKey,
  listOf,
  record,
  text,
  openObject,
} from '../../schema/schema-terms.ts';
import { builtInResource } from './built-in-resource.ts';
import { ageColumn, column, nameColumn } from './columns.ts';

/** Pods are kept and never run. */
export const podResource = builtInResource({
  kind: 'Pod',
  plural: 'pods',
  shortNames: ['po'],
  categories: ['all'],
  hasStatus: true,
  schema: record({
    spec: {
      ...openObject,
      properties: {
        nodeName: text,
        serviceAccountName: text,
        restartPolicy: text,
        containers: listByKey(
          ['name'],
          record(
            { name: text, image: text, command: listOf(text), args: listOf(text) },
            { 'x-kubernetes-preserve-unknown-fields': true },
          ),
        ),
      },
    },
    status: { ...openObject, properties: { phase: text, podIP: text, conditions } },
  }),
  allColumns: [
    nameColumn,
    column('Ready', (object) => `0/${listOr(objectOr(object.spec).containers).length}`),
    column('Status', (object) => textOr(objectOr(object.status).phase, 'Unknown')),
    column('Restarts', () => 0),
    ageColumn,
    ...['IP', 'Node', 'Nominated Node', 'Readiness Gates'].map((name) =>
      column(name, () => '<none>', { priority: 1 }),
    ),
  ],
  selectableFields: [
    '.spec.nodeName',
    '.spec.serviceAccountName',
    '.status.phase',
    '.status.podIP',
  ],
  strategy: {
    prepareCreate: (object) => ({
      ...object,
      status: { phase: 'Pending', ...objectOr(object.status) },
    }),
  },
});
