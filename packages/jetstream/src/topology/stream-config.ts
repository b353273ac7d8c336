import { brokerDeadLetterSubjects } from './dead-letter-subject.ts';
import { brokerSubjects } from './event-subject.ts';
import { deadLetterStreamName, retryStreamName, streamName } from './names.ts';
import { brokerRetrySubjects } from './retry-subject.ts';
import type { StreamSettings } from './stream-settings.ts';

/** What Jetmesh sets of a stream, in the words of JetStream's API. Other fields are left as they are. */
export interface StreamConfig {
  readonly name: string;
  readonly description: string;
  readonly subjects: readonly string[];
  readonly retention: 'limits' | 'interest' | 'workqueue';
  readonly storage: 'file' | 'memory';
  readonly num_replicas: number;
  readonly discard: 'new' | 'old';
  readonly max_bytes: number;
  readonly max_age: number;
  readonly max_msgs: number;
  readonly max_consumers: number;
  readonly duplicate_window: number;
}

/** The stream of a Broker's events: a full one refuses new events, it never deletes accepted ones. */
export function streamConfig(brokerUid: string, settings: StreamSettings): StreamConfig {
  return {
    name: streamName(brokerUid),
    description: `Events of the Jetmesh Broker with UID ${brokerUid}`,
    subjects: [brokerSubjects(brokerUid)],
    retention: settings.retention === 'consumed' ? 'interest' : 'limits',
    ...limits(settings),
  };
}

/**
 * The stream of events that could not be delivered: they stay until somebody takes them or they are too old. A full one
 * gives up its oldest, so that parking always finds room; were it to refuse, events would pile up where they come from.
 */
export function deadLetterStreamConfig(brokerUid: string, settings: StreamSettings): StreamConfig {
  return {
    name: deadLetterStreamName(brokerUid),
    description: `Undeliverable events of the Jetmesh Broker with UID ${brokerUid}`,
    subjects: [brokerDeadLetterSubjects(brokerUid)],
    retention: 'limits',
    ...limits(settings),
    discard: 'old',
  };
}

/** The stream of events that wait for one Trigger alone, because its turn in a shared consumer has passed. */
export function retryStreamConfig(brokerUid: string, settings: StreamSettings): StreamConfig {
  return {
    name: retryStreamName(brokerUid),
    description: `Retries of the Jetmesh Broker with UID ${brokerUid}`,
    subjects: [brokerRetrySubjects(brokerUid)],
    retention: 'workqueue',
    ...limits(settings),
  };
}

function limits(settings: StreamSettings) {
  const maxAgeNs = nanoseconds(settings.maxAgeMs);
  const windowNs = nanoseconds(settings.duplicateWindowMs);
  return {
    storage: settings.storage,
    num_replicas: settings.replicas,
    discard: 'new',
    max_bytes: settings.maxBytes,
    max_age: maxAgeNs,
    max_msgs: -1,
    max_consumers: settings.maxConsumers,
    // The server refuses a window that is longer than messages live.
    duplicate_window: maxAgeNs === 0 ? windowNs : Math.min(windowNs, maxAgeNs),
  } as const;
}

function nanoseconds(ms: number): number {
  return Math.round(ms * 1e6);
}
