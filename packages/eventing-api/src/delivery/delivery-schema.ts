import { objectOf, text, type JsonSchema } from '../crd/json-schema.ts';
import { destinationSchema } from './destination-schema.ts';

/** RE2, which the API server uses, has no look-ahead: one alternative with a date part, one without. */
const duration = {
  maxLength: 64,
  pattern:
    '^P([0-9]+(\\.[0-9]+)?[YMWD])+(T([0-9]+(\\.[0-9]+)?[HMS])+)?$|^PT([0-9]+(\\.[0-9]+)?[HMS])+$',
};

/** A DeliverySpec at `path` (knative.dev/v1 duck type). */
export function deliverySchema(path: string): JsonSchema {
  return objectOf(
    {
      deadLetterSink: destinationSchema(
        `${path}.deadLetterSink`,
        'Where an event goes that could not be delivered.',
      ),
      retry: {
        type: 'integer',
        format: 'int32',
        minimum: 0,
        description: 'Retries after the first attempt.',
      },
      timeout: text('Time for one attempt, ISO 8601.', duration),
      backoffPolicy: text('How the delay grows.', { enum: ['linear', 'exponential'] }),
      backoffDelay: text('Delay before a retry, ISO 8601.', duration),
      backoffMax: text('Upper bound of the delay, ISO 8601.', duration),
      retryAfterMax: text(
        'Upper bound of a Retry-After answer, ISO 8601; PT0S ignores it.',
        duration,
      ),
      format: text('Content mode of deliveries.', { enum: ['json', 'binary'] }),
    },
    { description: 'Delivery options; a Trigger that sets any replaces the Broker’s as a whole.' },
  );
}
