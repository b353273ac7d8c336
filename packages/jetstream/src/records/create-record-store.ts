import { randomUUID } from 'node:crypto';
import { apiErrorCodes } from '../admin/api-error-codes.ts';
import type { MessageReply } from '../admin/api-replies.ts';
import { isApiError, JetStreamApi } from '../admin/jetstream-api.ts';
import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import { keyToken } from '../key-value/bucket-key.ts';
import type { Outbox } from '../publish/outbox.ts';
import type { RecordStore } from './record-store.ts';

const dayNs = 86_400e9;
const maxBytes = 64 * 1024 ** 2;

/** The store called `name`; its stream is made when the first record is written. */
export function createRecordStore(
  connection: JetStreamConnection,
  outbox: Pick<Outbox, 'publish'>,
  name: string,
): RecordStore {
  const api = new JetStreamApi(connection);
  const stream = `JETMESH_${name}`;
  const subjectOf = (key: string) => `$JETMESH.${name}.${keyToken(key)}`;
  const publish = (key: string, data: Buffer) =>
    outbox.publish({ subject: subjectOf(key), headers: [], data, messageId: randomUUID() });
  const { messageNotFound, streamNotFound } = apiErrorCodes;
  let made: Promise<boolean> | undefined;
  return {
    async read(key) {
      const selection = { last_by_subj: subjectOf(key) };
      const endpoint = `STREAM.MSG.GET.${stream}`;
      const absent = [messageNotFound, streamNotFound];
      const reply = await api.requestUnless<MessageReply>(endpoint, selection, ...absent);
      if (reply === undefined) return undefined;
      const { data = '', seq } = reply.message;
      return { data: Buffer.from(data, 'base64'), sequence: seq };
    },
    async write(key, data) {
      made ??= isMade(api, recordStreamConfig(stream, name));
      const isThere = await made;
      const outcome = isThere ? await publish(key, data) : undefined;
      if (outcome?.kind === 'stored') return outcome.sequence;
      made = undefined;
      return undefined;
    },
    remove(sequence) {
      const body = { seq: sequence, no_erase: true };
      void api.request(`STREAM.MSG.DELETE.${stream}`, body).catch(() => undefined);
    },
  };
}

/** Somebody else may have made it at the same moment, which is as good. */
async function isMade(api: JetStreamApi, config: { readonly name: string }): Promise<boolean> {
  try {
    await api.request(`STREAM.CREATE.${config.name}`, config);
    return true;
  } catch (error) {
    return isApiError(error, apiErrorCodes.streamExistsOtherwise);
  }
}

function recordStreamConfig(stream: string, name: string) {
  return {
    name: stream,
    description: 'Jetmesh: notes of the dispatchers about deliveries that are not finished',
    subjects: [`$JETMESH.${name}.*`],
    retention: 'limits',
    storage: 'file',
    discard: 'old',
    max_msgs_per_subject: 1,
    max_msgs: -1,
    max_bytes: maxBytes,
    max_age: 7 * dayNs,
    duplicate_window: 120e9,
    num_replicas: 1,
  };
}
