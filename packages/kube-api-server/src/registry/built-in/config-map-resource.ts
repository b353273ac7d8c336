import { objectOr } from '../../json/json-value.ts';
import { bytesMap, flag, record, textMap } from '../../schema/schema-terms.ts';
import { builtInResource } from './built-in-resource.ts';
import { column } from './columns.ts';
import { validateDataKeys } from './validate-data-keys.ts';

export const configMapResource = builtInResource({
  kind: 'ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  schema: record({
    data: {
      ...textMap,
      description:
        "Data contains the configuration data. Each key must consist of alphanumeric characters, '-', '_' or '.'. Values with non-UTF-8 byte sequences must use the BinaryData field. The keys stored in Data must not overlap with the keys in the BinaryData field, this is enforced during validation process.",
    },
    binaryData: bytesMap,
    immutable: flag,
  }),
  columns: [
    column(
      'Data',
      (object) =>
        Object.keys(objectOr(object.data)).length + Object.keys(objectOr(object.binaryData)).length,
    ),
  ],
  strategy: {
    validate: ({ data, binaryData }) => [
      ...validateDataKeys(data, 'data'),
      ...validateDataKeys(binaryData, 'binaryData'),
    ],
  },
});
