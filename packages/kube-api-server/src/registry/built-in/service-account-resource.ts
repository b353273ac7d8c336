import { flag, listByKey, objectReference, record, text } from '../../schema/schema-terms.ts';
import { builtInResource } from './built-in-resource.ts';

export const serviceAccountResource = builtInResource({
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  shortNames: ['sa'],
  schema: record({
    automountServiceAccountToken: flag,
    imagePullSecrets: listByKey(['name'], record({ name: text })),
    secrets: listByKey(['name'], objectReference),
  }),
});
