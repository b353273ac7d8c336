import { listOf, objectOf, text, type JsonSchema } from '../crd/json-schema.ts';

/** `status.conditions` of a Knative kind: one entry a type. */
export const conditionsSchema: JsonSchema = listOf(
  objectOf(
    {
      type: text('Type of condition.'),
      status: text('True, False or Unknown.'),
      reason: text('One word in CamelCase for the last transition.'),
      message: text('Details for a person.'),
      severity: text('Empty for errors, else Warning or Info.'),
      lastTransitionTime: text('When the condition last changed.'),
    },
    { required: ['type', 'status'] },
  ),
  { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['type'] },
);

export const observedGenerationSchema: JsonSchema = {
  type: 'integer',
  format: 'int64',
  description: 'The generation that this status was computed for.',
};
