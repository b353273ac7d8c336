import { decodeStoredEvent } from '@jetmesh/cloudevents-http';
import { eventSubject, type OutgoingMessage, type StoredMessage } from '@jetmesh/jetstream';

/** Where a parked event is, and for whom it is to be stored again. */
export interface ReplayRoute {
  readonly deadLetterStream: string;
  readonly brokerUid: string;
  readonly triggerUid: string;
}

/**
 * The parked event as it was, for one Trigger. Its id is made of its place, so that a replay that is repeated because
 * its confirmation was lost is stored once within the stream's duplicate window.
 */
export function replayMessage(parked: StoredMessage, route: ReplayRoute): OutgoingMessage {
  const { attributes } = decodeStoredEvent(parked.headers, parked.data);
  return {
    subject: eventSubject(route.brokerUid, {
      type: attributes.get('type') ?? '',
      source: attributes.get('source') ?? '',
    }),
    headers: [...withoutParking(parked.headers), 'Jetmesh-Replay-For', route.triggerUid],
    data: parked.data,
    messageId: `replay-${route.deadLetterStream}-${parked.sequence}`,
  };
}

/** Headers of an earlier parking, and of an earlier replay, belong to that. */
function withoutParking(headers: readonly string[]): string[] {
  return headers.flatMap((name, index) =>
    index % 2 === 0 && !/^jetmesh-/i.test(name) ? [name, headers[index + 1] ?? ''] : [],
  );
}
