import {
  conditionOf,
  jetmeshAnnotations,
  type Broker,
  type ConditionFinding,
} from '@jetmesh/eventing-api';
import {
  deadLetterStreamConfig,
  groupConsumerName,
  retryStreamConfig,
  JetStreamAdminError,
  streamConfig,
  streamName,
  type EnsureResult,
  type StreamSettings,
  type StreamAdmin,
} from '@jetmesh/jetstream';
import { findingOf } from '../finding-of.ts';
import type { StreamFinding } from './broker-status.ts';
import { ownedBy } from './stream-owner.ts';
import type { StreamSettingsReading } from './stream-settings-of.ts';

export interface StreamOutcome extends StreamFinding {
  /** What went wrong; to be tried again with growing delays. */
  readonly failure?: JetStreamAdminError;
}

export interface StreamSurroundings {
  readonly admin: StreamAdmin;
  readonly cluster: string | undefined;
  /** The Broker has Triggers that share a consumer, or will have: room for their retries is reserved for them alone. */
  readonly hasSharing: boolean;
}

/** Makes the Broker's streams as they should be: of events, of dead letters and, where Triggers share, of retries. */
export async function ensureBrokerStreams(
  broker: Broker,
  reading: StreamSettingsReading,
  { admin, cluster, hasSharing }: StreamSurroundings,
): Promise<StreamOutcome> {
  const before = streamBefore(broker);
  if (reading.kind === 'invalid') {
    const { message } = reading;
    return { ...before, finding: { status: 'False', reason: 'InvalidConfig', message } };
  }
  const uid = broker.metadata.uid ?? '';
  try {
    const stream = streamName(uid);
    const results = [
      await admin.ensureStream(ownedBy(streamConfig(uid, reading.settings), cluster)),
      await admin.ensureStream(ownedBy(deadLetterStreamConfig(uid, reading.deadLetters), cluster)),
    ];
    const isShared = (await admin.consumerState(stream, groupConsumerName)) !== undefined;
    if (isShared || hasSharing) {
      const retries = retryStreamConfig(uid, retrySettings(reading.settings));
      results.push(await admin.ensureStream(ownedBy(retries, cluster)));
    }
    return { stream, isShared, finding: findingFor(results, reading.remark) };
  } catch (error) {
    if (error instanceof JetStreamAdminError) return failed(broker, error);
    throw error;
  }
}

/** The stream works with what it has: that is worth saying, but no reason not to be Ready. */
function findingFor(
  results: readonly EnsureResult[],
  remark: ConditionFinding = { status: 'True' },
): ConditionFinding {
  const fields = results.flatMap((result) => (result.kind === 'immutable' ? result.fields : []));
  if (fields.length === 0) return remark;
  const message = `The stream keeps its ${[...new Set(fields)].join(', ')}: the server cannot change them in place.`;
  return { status: 'True', reason: 'ImmutableFields', message };
}

const mostRetryBytes = 256 * 1024 ** 2;
/** One event may wait there for many Triggers, so it fills faster than the stream that it was taken from. */
const fewestRetryBytes = 64 * 1024 ** 2;

function retrySettings(settings: StreamSettings): StreamSettings {
  const maxBytes = Math.max(Math.min(settings.maxBytes, mostRetryBytes), fewestRetryBytes);
  return { ...settings, maxBytes };
}

function streamBefore({ status }: Broker): Omit<StreamFinding, 'finding'> {
  const { stream, sharedStream } = jetmeshAnnotations;
  const annotations = status?.annotations ?? {};
  return { stream: annotations[stream], isShared: annotations[sharedStream] !== undefined };
}

/** While JetStream is away nothing is known to be wrong: a stream that was there stays so. */
function failed(broker: Broker, failure: JetStreamAdminError): StreamOutcome {
  const before = streamBefore(broker);
  const { message } = failure;
  if (failure.code === 'api-error') {
    return { ...before, finding: { status: 'False', reason: 'ChannelFailure', message }, failure };
  }
  const said = conditionOf(broker, 'TriggerChannelReady');
  const isCurrent = broker.status?.observedGeneration === broker.metadata.generation;
  if (said !== undefined && isCurrent) return { ...before, finding: findingOf(said), failure };
  const finding = { status: 'Unknown', reason: 'JetStreamUnavailable', message } as const;
  return { ...before, finding, failure };
}
