import type { ServerFeatures } from '../connection/server-features.ts';
import type { ConsumerSettings } from './consumer-settings.ts';
import { consumerName, groupConsumerName } from './names.ts';

/** What Jetmesh sets of a consumer, in the words of JetStream's API. Other fields are left as they are. */
export interface ConsumerConfig extends ConsumerStart {
  readonly durable_name: string;
  readonly description: string;
  readonly ack_policy: 'explicit';
  readonly ack_wait: number;
  readonly max_deliver: -1;
  readonly max_ack_pending: number;
  readonly max_waiting: number;
  readonly replay_policy: 'instant';
  readonly filter_subject?: string;
  readonly filter_subjects?: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Where a new consumer starts; the server never changes it afterwards. */
export interface ConsumerStart {
  readonly deliver_policy: 'new' | 'all' | 'by_start_sequence' | 'by_start_time';
  readonly opt_start_seq?: number;
  readonly opt_start_time?: string;
}

/**
 * The durable pull consumer of a Trigger. The dispatcher counts attempts, so the server never gives up on a message
 * (`max_deliver`); and no `backoff`, because together with a delayed NAK it makes wrong delays.
 */
export function consumerConfig(
  triggerUid: string,
  subjects: readonly string[],
  settings: ConsumerSettings,
  features: ServerFeatures,
): ConsumerConfig {
  return {
    durable_name: consumerName(triggerUid, subjects, features),
    description: `Jetmesh Trigger with UID ${triggerUid}`,
    ...pulled(settings),
    ...filterOf(subjects),
    ...(features.metadata ? { metadata: { 'jetmesh.dev/trigger-uid': triggerUid } } : {}),
  };
}

/** The durable pull consumer of all events of a Broker, which its many Triggers share. */
export function groupConsumerConfig(settings: ConsumerSettings): ConsumerConfig {
  return {
    durable_name: groupConsumerName,
    description: 'Jetmesh Triggers that share a consumer',
    ...pulled(settings),
  };
}

function pulled(settings: ConsumerSettings) {
  return {
    ack_policy: 'explicit',
    ack_wait: Math.round(settings.ackWaitMs * 1e6),
    max_deliver: -1,
    max_ack_pending: settings.maxAckPending,
    max_waiting: 512,
    replay_policy: 'instant',
    ...startOf(settings.start),
  } as const;
}

function filterOf(subjects: readonly string[]) {
  const [only, ...others] = subjects;
  if (only === undefined) return {};
  return others.length === 0 ? { filter_subject: only } : { filter_subjects: subjects };
}

function startOf(start: ConsumerSettings['start']): ConsumerStart {
  switch (start.kind) {
    case 'new':
    case 'all':
      return { deliver_policy: start.kind };
    case 'sequence':
      return { deliver_policy: 'by_start_sequence', opt_start_seq: start.sequence };
    case 'time':
      return { deliver_policy: 'by_start_time', opt_start_time: start.time.toISOString() };
  }
}
