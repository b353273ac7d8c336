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

/** Makes the Broker's stream and that of its dead letters as they should be. */
export async function ensureBrokerStreams(
  broker: Broker,
  reading: StreamSettingsReading,
  admin: StreamAdmin,
  cluster: string | undefined,
): Promise<StreamOutcome> {
  const before = streamBefore(broker);
  if (reading.kind === 'invalid') {
    const { message } = reading;
    return { ...before, finding: { status: 'False', reason: 'InvalidConfig', message } };
  }
  const uid = broker.metadata.uid ?? '';
  try {
    const deadLetters = deadLetterStreamConfig(uid, reading.deadLetters);
    const results = [
      await admin.ensureStream(ownedBy(streamConfig(uid, reading.settings), cluster)),
      await admin.ensureStream(ownedBy(deadLetters, cluster)),
      await admin.ensureStream(ownedBy(retryStreamConfig(uid, reading.settings), cluster)),
    ];
    const stream = streamName(uid);
    const isShared = (await admin.consumerState(stream, groupConsumerName)) !== undefined;
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
