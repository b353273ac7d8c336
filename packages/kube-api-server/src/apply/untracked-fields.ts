import { FieldSet } from './field-set.ts';

const paths = [
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map((field) => ['f:metadata', `f:${field}`]),
];

/** Fields that nobody manages: the object's identity and what only the server sets. */
export const untrackedFields = new FieldSet();
for (const path of paths) untrackedFields.insert(path);
