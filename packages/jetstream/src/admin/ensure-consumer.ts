import type { ServerFeatures } from '../connection/server-features.ts';
import type { ConsumerConfig } from '../topology/consumer-config.ts';
import { consumerFamily } from '../topology/names.ts';
import { allPages } from './all-pages.ts';
import { apiErrorCodes } from './api-error-codes.ts';
import type { ConsumerReply } from './api-replies.ts';
import { changedFields } from './changed-fields.ts';
import type { EnsureResult } from './ensure-result.ts';
import { streamReply } from './ensure-stream.ts';
import { filterSubjectsOf } from './filter-subjects-of.ts';
import { isApiError, type JetStreamApi } from './jetstream-api.ts';
import { startAfter } from './start-after.ts';

const fixedFields = ['ack_policy', 'replay_policy'];
const notCompared = ['deliver_policy', 'opt_start_seq', 'opt_start_time', 'filter_subject'];

/** Creates the consumer or changes it in place. Its position is never touched: no event is skipped. */
export async function ensureConsumer(
  api: JetStreamApi,
  stream: string,
  wanted: ConsumerConfig,
  features: ServerFeatures,
): Promise<EnsureResult> {
  const current = await consumerReply(api, stream, wanted.durable_name);
  if (current !== undefined) return await bringUpToDate(api, stream, { current, wanted, features });
  try {
    const start = await startAfterPredecessor(api, stream, wanted);
    await write(api, stream, 'create', { ...wanted, ...start });
    return { kind: 'created' };
  } catch (error) {
    if (!isApiError(error, apiErrorCodes.consumerExists)) throw error;
    return await ensureConsumer(api, stream, wanted, features);
  }
}

export function consumerReply(
  api: JetStreamApi,
  stream: string,
  consumer: string,
): Promise<ConsumerReply | undefined> {
  const { consumerNotFound } = apiErrorCodes;
  return api.requestUnless(`CONSUMER.INFO.${stream}.${consumer}`, undefined, consumerNotFound);
}

async function bringUpToDate(
  api: JetStreamApi,
  stream: string,
  comparison: {
    readonly current: ConsumerReply;
    readonly wanted: ConsumerConfig;
    readonly features: ServerFeatures;
  },
): Promise<EnsureResult> {
  const { current, wanted, features } = comparison;
  const changed = differences(current.config, wanted);
  if (changed.length === 0) return { kind: 'unchanged' };
  const fixed = features.filterUpdates ? fixedFields : [...fixedFields, 'filter_subjects'];
  const fields = changed.filter((field) => fixed.includes(field));
  if (fields.length > 0) return { kind: 'immutable', fields };
  await write(api, stream, 'update', withPosition(current.config, wanted));
  return { kind: 'updated' };
}

/** Where it starts is of the past, and one filter subject is a list of one. */
function differences(current: ConsumerReply['config'], wanted: ConsumerConfig): string[] {
  const changed = changedFields(
    { ...current, filter_subjects: filterSubjectsOf(current) },
    { ...wanted, filter_subjects: filterSubjectsOf({ ...wanted }) },
  );
  return changed.filter((field) => !notCompared.includes(field));
}

function withPosition(current: ConsumerReply['config'], wanted: ConsumerConfig): object {
  const { deliver_policy, opt_start_seq, opt_start_time } = current;
  const config = { ...current, ...wanted, deliver_policy, opt_start_seq, opt_start_time };
  if (wanted.filter_subject === undefined) delete config.filter_subject;
  if (wanted.filter_subjects === undefined) delete config.filter_subjects;
  return config;
}

/** A consumer whose name changed with its filter goes on where the last one of the same Trigger is. */
async function startAfterPredecessor(
  api: JetStreamApi,
  stream: string,
  wanted: ConsumerConfig,
): Promise<object> {
  const family = consumerFamily(wanted.durable_name);
  const names = await allPages<string>(api, `CONSUMER.NAMES.${stream}`, 'consumers');
  const predecessors = names.filter((name) => consumerFamily(name) === family);
  if (predecessors.length === 0) return {};
  // Read before the consumers are: what is done then is done up to here.
  const lastSequence = (await streamReply(api, stream))?.state.last_seq ?? 0;
  const replies = await Promise.all(predecessors.map((name) => consumerReply(api, stream, name)));
  const [newest] = replies
    .filter((reply) => reply !== undefined)
    .sort((one, other) => Date.parse(other.created) - Date.parse(one.created));
  if (newest === undefined) return {};
  return {
    opt_start_seq: undefined,
    opt_start_time: undefined,
    ...startAfter(newest, lastSequence),
  };
}

async function write(
  api: JetStreamApi,
  stream: string,
  action: 'create' | 'update',
  config: object & { durable_name?: string },
): Promise<void> {
  const endpoint = `CONSUMER.DURABLE.CREATE.${stream}.${config.durable_name ?? ''}`;
  await api.request(endpoint, { stream_name: stream, config, action });
}
