import { objectOf, text, type JsonSchema, type ValidationRule } from '../crd/json-schema.ts';
import { destinationSchema } from './destination-schema.ts';

/** RE2, which the API server uses, has no look-ahead: one alternative with a date part, one without. */
const durationPattern =
  '^P([0-9]+(\\\\.[0-9]+)?[YMWD])+(T([0-9]+(\\\\.[0-9]+)?[HMS])+)?$|^PT([0-9]+(\\\\.[0-9]+)?[HMS])+$';

const isDuration = `self.matches('${durationPattern}')`;
const isLongerThanNothing = "self.matches('[1-9]')";

/** A DeliverySpec at `path` (knative.dev/v1 duck type); what is wrong is said in the words of Knative's webhook. */
export function deliverySchema(path: string): JsonSchema {
  const invalid = (field: string, rule: string): ValidationRule => ({
    rule,
    message: `invalid value: ${path}.${field}`,
    messageExpression: `'invalid value: ' + self + ': ${path}.${field}'`,
  });
  const duration = (field: string, description: string, rule = isDuration) =>
    text(`${description}, ISO 8601.`, {
      maxLength: 64,
      'x-kubernetes-validations': [invalid(field, rule)],
    });
  const oneOf = (field: string, description: string, values: readonly string[]) =>
    text(`${description}: ${values.join(' or ')}.`, {
      maxLength: 64,
      'x-kubernetes-validations': [
        invalid(field, `self in [${values.map((value) => `'${value}'`).join(', ')}]`),
      ],
    });
  const positive = `${isDuration} && ${isLongerThanNothing}`;
  return objectOf(
    {
      deadLetterSink: destinationSchema(
        `${path}.deadLetterSink`,
        'Where an event goes that could not be delivered.',
      ),
      retry: {
        type: 'integer',
        format: 'int32',
        description: 'Retries after the first attempt.',
        // The cost of a number as text is estimated as unbounded.
        'x-kubernetes-validations': [
          { rule: 'self >= 0', message: `invalid value: ${path}.retry` },
        ],
      },
      timeout: duration('timeout', 'Time for one attempt', positive),
      backoffPolicy: oneOf('backoffPolicy', 'How the delay grows', ['linear', 'exponential']),
      backoffDelay: duration('backoffDelay', 'Delay before a retry'),
      backoffMax: duration('backoffMax', 'Upper bound of the delay', positive),
      retryAfterMax: duration(
        'retryAfterMax',
        'Upper bound of a Retry-After answer (PT0S ignores it)',
      ),
      format: oneOf('format', 'Content mode of deliveries', ['json', 'binary']),
    },
    { description: 'Delivery options; a Trigger that sets any replaces the Broker’s as a whole.' },
  );
}
