import type { Destination } from './destination.ts';

/** `duck.knative.dev/v1` DeliverySpec; durations are ISO 8601. */
export interface DeliverySpec {
  deadLetterSink?: Destination;
  retry?: number;
  timeout?: string;
  backoffPolicy?: 'linear' | 'exponential';
  backoffDelay?: string;
  backoffMax?: string;
  retryAfterMax?: string;
  format?: 'json' | 'binary';
}
