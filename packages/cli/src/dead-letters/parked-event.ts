import { decodeStoredEvent } from '@jetmesh/cloudevents-http';
import type { StoredHeaders } from '@jetmesh/jetstream';
import { headerValue } from './header-value.ts';

/** What a parked event says about itself and about why it was parked. */
export interface ParkedEvent {
  readonly sequence: number;
  /** RFC 3339, UTC. */
  readonly parkedAt: string;
  /** NAMESPACE/NAME, as of the Trigger. */
  readonly broker: string;
  readonly trigger: string;
  readonly reason: string;
  readonly attempts: number;
  /** Of the last answer; 500 when there was none. */
  readonly lastCode: number;
  readonly type: string;
  readonly source: string;
  readonly id: string;
}

const noData = Buffer.alloc(0);

/** Reads the headers that the dispatcher parks an event with. */
export function parkedEventOf(message: StoredHeaders, broker: string): ParkedEvent {
  const { headers, sequence, timestampMs } = message;
  const { attributes } = decodeStoredEvent(headers, noData);
  return {
    sequence,
    parkedAt: headerValue(headers, 'jetmesh-parked-at') ?? new Date(timestampMs).toISOString(),
    broker,
    trigger: headerValue(headers, 'jetmesh-trigger') ?? '',
    reason: headerValue(headers, 'jetmesh-reason') ?? '',
    attempts: Number(headerValue(headers, 'jetmesh-attempts') ?? 0),
    lastCode: Number(headerValue(headers, 'jetmesh-error-code') ?? 0),
    type: attributes.get('type') ?? '',
    source: attributes.get('source') ?? '',
    id: attributes.get('id') ?? '',
  };
}
