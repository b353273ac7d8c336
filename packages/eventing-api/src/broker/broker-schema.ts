import { conditionsSchema, observedGenerationSchema } from '../conditions/conditions-schema.ts';
import {
  ageColumn,
  defineResource,
  defineVersion,
  readyColumns,
} from '../crd/custom-resource-definition.ts';
import { objectOf, text, textMap } from '../crd/json-schema.ts';
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
  { description: 'The object that configures this Broker; a ConfigMap for Jetmesh.' },
);

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
              message: 'Immutable fields changed (-old +new): spec',
            },
          ],
        },
      ),
      status: objectOf({
        observedGeneration: observedGenerationSchema,
        conditions: conditionsSchema,
        ...addressableSchemas,
        ...resolvedDestinationSchemas('deadLetterSink'),
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
