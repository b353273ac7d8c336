import {
  conditionOf,
  jetmeshAnnotations,
  type Broker,
  type ConditionFinding,
} from '@jetmesh/eventing-api';
import {
  deadLetterStreamConfig,
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
  const inStatus = broker.status?.annotations?.[jetmeshAnnotations.stream];
  if (reading.kind === 'invalid') {
    const { message } = reading;
    return { stream: inStatus, finding: { status: 'False', reason: 'InvalidConfig', message } };
  }
  const uid = broker.metadata.uid ?? '';
  try {
    const deadLetters = deadLetterStreamConfig(uid, reading.deadLetters);
    const results = [
      await admin.ensureStream(ownedBy(streamConfig(uid, reading.settings), cluster)),
      await admin.ensureStream(ownedBy(deadLetters, cluster)),
    ];
    return { stream: streamName(uid), finding: findingFor(results, reading.remark) };
  } catch (error) {
    if (error instanceof JetStreamAdminError) return failed(broker, inStatus, error);
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

/** While JetStream is away nothing is known to be wrong: a stream that was there stays so. */
function failed(
  broker: Broker,
  stream: string | undefined,
  failure: JetStreamAdminError,
): StreamOutcome {
  if (failure.code === 'api-error') {
    const finding = {
      status: 'False',
      reason: 'ChannelFailure',
      message: failure.message,
    } as const;
    return { stream, finding, failure };
  }
  const before = conditionOf(broker, 'TriggerChannelReady');
  const isCurrent = broker.status?.observedGeneration === broker.metadata.generation;
  if (before !== undefined && isCurrent) return { stream, finding: findingOf(before), failure };
  const { message } = failure;
  const finding = { status: 'Unknown', reason: 'JetStreamUnavailable', message } as const;
  return { stream, finding, failure };
}
