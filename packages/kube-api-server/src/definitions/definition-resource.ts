import type { StructuralSchema } from '../schema/structural-schema.ts';
import {
  conditions,
  flag,
  int32,
  listOf,
  openObject,
  record,
  text,
} from '../schema/schema-terms.ts';
import { definitionColumns } from './definition-columns.ts';
import { definitionStrategy } from './definition-strategy.ts';
import { builtInResource } from '../registry/built-in/built-in-resource.ts';

const names = record(
  {
    plural: text,
    singular: text,
    kind: text,
    listKind: text,
    shortNames: listOf(text),
    categories: listOf(text),
  },
  { required: ['plural', 'kind'] },
);

const printerColumn = record(
  { name: text, type: text, format: text, description: text, priority: int32, jsonPath: text },
  { required: ['name', 'type', 'jsonPath'] },
);

const subresources = record({
  status: openObject,
  scale: record(
    { specReplicasPath: text, statusReplicasPath: text, labelSelectorPath: text },
    { required: ['specReplicasPath', 'statusReplicasPath'] },
  ),
});

const version: StructuralSchema = record(
  {
    name: text,
    served: flag,
    storage: flag,
    deprecated: flag,
    deprecationWarning: text,
    schema: record({ openAPIV3Schema: openObject }),
    subresources,
    additionalPrinterColumns: listOf(printerColumn),
    selectableFields: listOf(record({ jsonPath: text }, { required: ['jsonPath'] })),
  },
  { required: ['name', 'served', 'storage'] },
);

const spec = record(
  {
    group: text,
    scope: { type: 'string' },
    names,
    versions: listOf(version),
    preserveUnknownFields: flag,
    conversion: record(
      { strategy: text, webhook: openObject },
      { required: ['strategy'], default: { strategy: 'None' } },
    ),
  },
  { required: ['group', 'names', 'scope', 'versions'] },
);

export const definitionResource = builtInResource({
  group: 'apiextensions.k8s.io',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  isNamespaced: false,
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  hasStatus: true,
  schema: record(
    {
      spec,
      status: record({
        conditions: { ...conditions },
        acceptedNames: names,
        storedVersions: listOf(text),
      }),
    },
    { required: ['spec'] },
  ),
  allColumns: definitionColumns,
  strategy: definitionStrategy,
});
