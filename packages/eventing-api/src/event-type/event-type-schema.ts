import { conditionsSchema, observedGenerationSchema } from '../conditions/conditions-schema.ts';
import {
  ageColumn,
  defineResource,
  defineVersion,
  readyColumns,
  type PrinterColumn,
} from '../crd/custom-resource-definition.ts';
import {
  listOf,
  objectOf,
  text,
  type JsonSchema,
  type ValidationRule,
} from '../crd/json-schema.ts';
import { requiredFields } from '../crd/required-fields.ts';
import { eventTypeKind } from './event-type.ts';

/** Both versions keep the fields of both: without a webhook nothing converts one form into the other. */
function specSchema(rules: ValidationRule[]): JsonSchema {
  return objectOf(
    {
      type: text('v1beta2: type of the events.', { maxLength: 1024 }),
      source: text('v1beta2: source of the events, a URI.', { maxLength: 2048 }),
      schema: text('v1beta2: URI of their schema.', { maxLength: 2048 }),
      schemaData: text('v1beta2, deprecated: the schema itself.'),
      broker: text('Deprecated: a Broker of this Namespace; use reference.', { maxLength: 253 }),
      reference: objectOf(
        {
          apiVersion: text('API version of the referenced object.'),
          kind: text('Kind of the referenced object.'),
          name: text('Name of the referenced object.'),
          namespace: text('Namespace of the referenced object; its own when absent.'),
        },
        {
          description: 'Where these events can be had: a Broker or another Addressable.',
          'x-kubernetes-validations': requiredFields('spec.reference', ['kind', 'name']),
        },
      ),
      description: text('What the events tell.'),
      attributes: listOf(
        objectOf({
          name: text('Name of a CloudEvents attribute.', { maxLength: 64 }),
          required: { type: 'boolean', description: 'Whether every event has it.' },
          value: text('Its value, or a template with {variables}.', { maxLength: 2048 }),
        }),
        { maxItems: 50, description: 'v1beta3: attributes of the events.' },
      ),
    },
    { 'x-kubernetes-validations': rules },
  );
}

const hasType = "has(self.type) && self.type != ''";
const attributeRules = ['type', 'source', 'specversion', 'id'].map((name) => ({
  rule: `${hasType} || (has(self.attributes) && self.attributes.exists(one, has(one.name) && one.name == '${name}'))`,
  message: `missing field(s): spec.attributes.${name}`,
}));
const typeRule = {
  rule: `${hasType} || has(self.attributes)`,
  message: 'missing field(s): spec.type',
};

const statusSchema = objectOf({
  observedGeneration: observedGenerationSchema,
  conditions: conditionsSchema,
});

const referenceColumns: PrinterColumn[] = [
  { name: 'Reference Name', type: 'string', jsonPath: '.spec.reference.name' },
  { name: 'Reference Kind', type: 'string', jsonPath: '.spec.reference.kind' },
  { name: 'Description', type: 'string', jsonPath: '.spec.description' },
  ...readyColumns,
  ageColumn,
];

export const eventTypeDefinition = defineResource({
  kind: eventTypeKind,
  categories: ['all', 'knative', 'eventing'],
  labels: { 'knative.dev/crd-install': 'true' },
  versions: [
    defineVersion({
      name: 'v1beta2',
      spec: specSchema([typeRule]),
      status: statusSchema,
      columns: [
        { name: 'Type', type: 'string', jsonPath: '.spec.type' },
        { name: 'Source', type: 'string', jsonPath: '.spec.source' },
        { name: 'Schema', type: 'string', jsonPath: '.spec.schema' },
        ...referenceColumns,
      ],
    }),
    defineVersion({
      name: 'v1beta3',
      isStored: false,
      spec: specSchema(attributeRules),
      status: statusSchema,
      columns: [
        {
          name: 'Type',
          type: 'string',
          jsonPath: '.spec.attributes[?(@.name=="type")].value',
        },
        {
          name: 'Source',
          type: 'string',
          jsonPath: '.spec.attributes[?(@.name=="source")].value',
        },
        ...referenceColumns,
      ],
    }),
  ],
});
