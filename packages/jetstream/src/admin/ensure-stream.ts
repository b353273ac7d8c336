import type { StreamConfig } from '../topology/stream-config.ts';
import { apiErrorCodes } from './api-error-codes.ts';
import type { StreamReply } from './api-replies.ts';
import { changedFields } from './changed-fields.ts';
import type { EnsureResult } from './ensure-result.ts';
import { isApiError, type JetStreamApi } from './jetstream-api.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The server refuses to change these for ever, or until some version: its answer decides. */
const alwaysFixed = ['storage'];
const perhapsFixed = ['retention', 'max_consumers'];

/** Creates the stream or changes it in place; what somebody else set of it beside our fields is kept. */
export async function ensureStream(api: JetStreamApi, wanted: StreamConfig): Promise<EnsureResult> {
  const current = await streamReply(api, wanted.name);
  if (current !== undefined) return await bringUpToDate(api, current.config, wanted);
  try {
    await api.request(`STREAM.CREATE.${wanted.name}`, wanted);
    return { kind: 'created' };
  } catch (error) {
    if (!isApiError(error, apiErrorCodes.streamExistsOtherwise)) throw error;
    return await ensureStream(api, wanted);
  }
}

export function streamReply(api: JetStreamApi, name: string): Promise<StreamReply | undefined> {
  return api.requestUnless(`STREAM.INFO.${name}`, undefined, apiErrorCodes.streamNotFound);
}

async function bringUpToDate(
  api: JetStreamApi,
  current: Fields,
  wanted: StreamConfig,
): Promise<EnsureResult> {
  const changed = changedFields(current, { ...wanted });
  if (changed.length === 0) return { kind: 'unchanged' };
  const fixed = changed.filter((field) => alwaysFixed.includes(field));
  try {
    await update(api, current, wanted, fixed);
    return fixed.length === 0 ? { kind: 'updated' } : { kind: 'immutable', fields: fixed };
  } catch (error) {
    const suspects = changed.filter((field) => perhapsFixed.includes(field));
    if (!isApiError(error, apiErrorCodes.streamUpdateInvalid) || suspects.length === 0) throw error;
    const fields = [...fixed, ...suspects];
    await update(api, current, wanted, fields);
    return { kind: 'immutable', fields };
  }
}

async function update(
  api: JetStreamApi,
  current: Fields,
  wanted: StreamConfig,
  keptFields: readonly string[],
): Promise<void> {
  const kept = Object.fromEntries(keptFields.map((field) => [field, current[field]]));
  const config = { ...current, ...wanted, ...kept };
  if (changedFields(current, config).length === 0) return;
  await api.request(`STREAM.UPDATE.${wanted.name}`, config);
}
