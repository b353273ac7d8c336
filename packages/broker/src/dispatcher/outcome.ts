import type { CloudEvent } from '@jetmesh/cloudevents-http';

/** Why a delivery did not succeed, as the `knativeerror*` attributes tell it (knative.md §3.5). */
export interface Failure {
  /** What failed: the subscriber's URI, or the Broker's address when its reply could not be stored. */
  readonly destination: string;
  readonly code: number;
  readonly data: Buffer;
}

/** A classified attempt whose reply, if any, is dealt with. */
export type FinalOutcome =
  | { readonly kind: 'delivered'; readonly hasIgnoredBody: boolean }
  | {
      readonly kind: 'retryable';
      readonly failure: Failure;
      readonly retryAfterMs: number | undefined;
    }
  | { readonly kind: 'rejected'; readonly failure: Failure };

export interface DeliveredWithReply {
  readonly kind: 'delivered-with-reply';
  readonly reply: CloudEvent;
  /** Tracing and `knative-*` headers of the answer, which go on with the reply. */
  readonly carriedHeaders: readonly string[];
}

export type Outcome = FinalOutcome | DeliveredWithReply;
