import {
  ageColumn,
  defineResource,
  defineVersion,
  type CustomResourceVersion,
} from '../crd/custom-resource-definition.ts';
import { listOf, objectOf, openObject, text, type JsonSchema } from '../crd/json-schema.ts';
import { subscriptionKind } from './subscription.ts';

/**
 * Both versions take all three shapes as they come: the shapes differ in fields, conversion is None, and the bridge
 * tells them apart and reports what is wrong in status, as Kyma does since its webhooks are gone.
 */
const specSchema: JsonSchema = {
  type: 'object',
  description:
    'endpoint (Kyma 1.x), sink and filter (v1alpha1), or sink, source and types (v1alpha2).',
  'x-kubernetes-preserve-unknown-fields': true,
  properties: {
    endpoint: text('Kyma 1.x: URL of the subscriber.', { maxLength: 512 }),
    event_type: text('Kyma 1.x: type of the events.', { maxLength: 253 }),
    event_type_version: text('Kyma 1.x: version of the type.', { maxLength: 4 }),
    source_id: text('Kyma 1.x: the Application.', { maxLength: 253 }),
    sink: text('URL of the subscriber in this Namespace.'),
    source: text('v1alpha2: source of the events.'),
    types: listOf(text(), { description: 'v1alpha2: types of the events, version included.' }),
    typeMatching: text('v1alpha2: standard or exact.'),
    filter: openObject('v1alpha1: sources and types.'),
    config: openObject('maxInFlightMessages and protocol settings.'),
  },
};

const originalTypes = (more: Record<string, JsonSchema>) =>
  listOf(objectOf({ originalType: text('As in the spec.'), ...more }));

const statusSchema: JsonSchema = {
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
  properties: {
    ready: { type: 'boolean', description: 'Whether events are delivered.' },
    types: originalTypes({ cleanType: text('After cleaning.') }),
    backend: objectOf({ types: originalTypes({ consumerName: text('Durable consumer.') }) }),
    conditions: listOf(openObject('Condition in the spelling of its generation.')),
    usedTriggers: listOf(text(), {
      description: 'Triggers of others that deliver the same already, as namespace/name.',
    }),
  },
};

function version(
  name: string,
  more: { isStored: boolean; isDeprecated: boolean },
): CustomResourceVersion {
  return defineVersion({
    name,
    ...more,
    spec: specSchema,
    status: statusSchema,
    columns: [{ name: 'Ready', type: 'boolean', jsonPath: '.status.ready' }, ageColumn],
  });
}

export const subscriptionDefinition = defineResource({
  kind: subscriptionKind,
  categories: ['all', 'kyma-eventing'],
  shortNames: ['sub'],
  versions: [
    version('v1alpha1', { isStored: false, isDeprecated: true }),
    version('v1alpha2', { isStored: true, isDeprecated: false }),
  ],
});
