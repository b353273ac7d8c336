import { apiErrorCodes } from '../admin/api-error-codes.ts';
import { isApiError, JetStreamApi } from '../admin/jetstream-api.ts';
import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import type { KeyValueBucket } from './key-value-bucket.ts';
import { StreamBucket } from './stream-bucket.ts';

/** Opens the bucket, in the layout of JetStream's own KV, so that `nats kv` shows it; makes it if there is none. */
export async function openKeyValueBucket(
  connection: JetStreamConnection,
  bucket: string,
): Promise<KeyValueBucket> {
  const api = new JetStreamApi(connection);
  const stream = `KV_${bucket}`;
  const config = {
    name: stream,
    subjects: [`$KV.${bucket}.>`],
    storage: 'file',
    retention: 'limits',
    discard: 'new',
    max_msgs_per_subject: 1,
    max_msgs: -1,
    max_bytes: -1,
    max_age: 0,
    max_consumers: -1,
    num_replicas: 1,
    allow_rollup_hdrs: true,
    allow_direct: true,
    deny_delete: false,
  };
  const { streamNotFound, streamExistsOtherwise } = apiErrorCodes;
  const existing = await api.requestUnless(`STREAM.INFO.${stream}`, undefined, streamNotFound);
  if (existing === undefined) {
    // Somebody else may make it at the same moment: then it is there, which is all that matters.
    await api.request(`STREAM.CREATE.${stream}`, config).catch((error: unknown) => {
      if (!isApiError(error, streamExistsOtherwise)) throw error;
    });
  }
  return new StreamBucket(api, stream, `$KV.${bucket}.`);
}
