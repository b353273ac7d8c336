import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import type { KeyValueBucket } from './key-value-bucket.ts';

export function openKeyValueBucket(
  _connection: JetStreamConnection,
  _bucket: string,
): Promise<KeyValueBucket> {
  throw new Error('arrives with the next commits');
}
