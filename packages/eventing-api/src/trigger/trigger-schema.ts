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
import { destinationSchema, resolvedDestinationSchemas } from '../delivery/destination-schema.ts';
import { filterSchema, filtersSchema } from './filter-schema.ts';
import { triggerKind } from './trigger.ts';

const brokerRefSchema = objectOf(
  {
    apiVersion: text('API version of the Broker.'),
    kind: text('Broker.'),
    name: text('Name of the Broker.'),
    namespace: text('Namespace of the Broker.'),
  },
  {
    description: 'The Broker, in place of broker.',
    'x-kubernetes-validations': requiredFields('spec.brokerRef', ['name']),
  },
);

const specSchema = objectOf(
  {
    broker: text('Name of the Broker in this Namespace; cannot be changed.', { maxLength: 253 }),
    brokerRef: brokerRefSchema,
    filter: filterSchema,
    filters: filtersSchema,
    subscriber: destinationSchema('spec.subscriber', 'Where matching events are delivered.'),
    delivery: deliverySchema('spec.delivery'),
  },
  {
    'x-kubernetes-validations': [
      {
        rule: 'has(self.subscriber)',
        message: 'expected at least one, got none: spec.subscriber.ref, spec.subscriber.uri',
      },
      {
        rule: '(has(self.broker) && self.broker != "") || has(self.brokerRef)',
        message: 'missing field(s): spec.broker',
      },
      {
        rule: '!(has(self.broker) && has(self.brokerRef))',
        message: 'expected exactly one, got both: spec.broker, spec.brokerRef',
      },
      {
        rule: 'has(self.broker) == has(oldSelf.broker) && (!has(self.broker) || self.broker == oldSelf.broker)',
        message: 'Immutable fields changed (-old +new): broker, spec',
      },
    ],
  },
);

export const triggerDefinition = defineResource({
  kind: triggerKind,
  categories: ['all', 'knative', 'eventing'],
  labels: { 'knative.dev/crd-install': 'true' },
  versions: [
    defineVersion({
      name: 'v1',
      spec: specSchema,
      status: objectOf({
        observedGeneration: observedGenerationSchema,
        conditions: conditionsSchema,
        ...resolvedDestinationSchemas('subscriber'),
        ...resolvedDestinationSchemas('deadLetterSink'),
        auth: objectOf(
          {
            serviceAccountName: text('Identity of deliveries.'),
            serviceAccountNames: listOf(text()),
          },
          { description: 'OIDC identity; not used.' },
        ),
        annotations: textMap(),
      }),
      columns: [
        { name: 'Broker', type: 'string', jsonPath: '.spec.broker' },
        { name: 'Subscriber_URI', type: 'string', jsonPath: '.status.subscriberUri' },
        ageColumn,
        ...readyColumns,
      ],
    }),
  ],
});
