import { conditionsSchema, observedGenerationSchema } from '../conditions/conditions-schema.ts';
import {
  ageColumn,
  defineResource,
  defineVersion,
  readyColumns,
} from '../crd/custom-resource-definition.ts';
import { listOf, objectOf, text, textMap } from '../crd/json-schema.ts';
import { requiredFields } from '../crd/required-fields.ts';
import { deliverySchema } from '../delivery/delivery-schema.ts';
import { addressableSchemas, resolvedDestinationSchemas } from '../delivery/destination-schema.ts';
import { brokerKind } from './broker.ts';

const configSchema = objectOf(
  {
    apiVersion: text('API version of the configuration object.'),
    kind: text('Kind of the configuration object.'),
    name: text('Name of the configuration object.'),
    namespace: text('Namespace of the configuration object.'),
  },
  {
    description: 'The object that configures this Broker; a ConfigMap for Jetmesh.',
    'x-kubernetes-validations': requiredFields('spec.config', ['apiVersion', 'kind', 'name']),
  },
);

const immutableSpec = 'Immutable fields changed (-old +new): spec';

export const brokerDefinition = defineResource({
  kind: brokerKind,
  categories: ['all', 'knative', 'eventing'],
  labels: { 'duck.knative.dev/addressable': 'true', 'knative.dev/crd-install': 'true' },
  versions: [
    defineVersion({
      name: 'v1',
      isSpecRequired: false,
      spec: objectOf(
        { config: configSchema, delivery: deliverySchema('spec.delivery') },
        {
          'x-kubernetes-validations': [
            {
              rule: 'has(self.config) == has(oldSelf.config) && (!has(self.config) || self.config == oldSelf.config)',
              message: immutableSpec,
            },
          ],
        },
      ),
      // A rule of spec says nothing where there was no spec, or is none any more.
      rules: [
        {
          rule: '(has(self.spec) && has(self.spec.config)) == (has(oldSelf.spec) && has(oldSelf.spec.config))',
          message: immutableSpec,
        },
      ],
      status: objectOf({
        observedGeneration: observedGenerationSchema,
        conditions: conditionsSchema,
        ...addressableSchemas,
        ...resolvedDestinationSchemas('deadLetterSink'),
        policies: listOf(
          objectOf({
            apiVersion: text('API version of the policy.'),
            name: text('Name of the policy.'),
          }),
          { description: 'EventPolicies that apply to this Broker.' },
        ),
        annotations: textMap(),
      }),
      columns: [
        { name: 'URL', type: 'string', jsonPath: '.status.address.url' },
        ageColumn,
        ...readyColumns,
        {
          name: 'Class',
          type: 'string',
          jsonPath: '.metadata.annotations.eventing\\.knative\\.dev/broker\\.class',
          priority: 1,
        },
      ],
    }),
  ],
});
