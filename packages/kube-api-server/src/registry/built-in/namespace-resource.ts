import { objectOr, textOr } from '../../json/json-value.ts';
import { conditions, listOf, record, text } from '../../schema/schema-terms.ts';
import { allVerbs } from '../verbs.ts';
import { builtInResource } from './built-in-resource.ts';
import { column } from './columns.ts';
import { namespaceStrategy } from './namespace-strategy.ts';

export const namespaceResource = builtInResource({
  kind: 'Namespace',
  plural: 'namespaces',
  verbs: allVerbs.filter((verb) => verb !== 'deletecollection'),
  isNamespaced: false,
  shortNames: ['ns'],
  hasStatus: true,
  schema: record({
    spec: record({ finalizers: listOf(text) }),
    status: record({ phase: text, conditions }),
  }),
  columns: [column('Status', (object) => textOr(objectOr(object.status).phase, ''))],
  selectableFields: ['.status.phase'],
  strategy: namespaceStrategy,
});
