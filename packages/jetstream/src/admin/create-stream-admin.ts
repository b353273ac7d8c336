import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import type { StreamAdmin } from './stream-admin.ts';

export function createStreamAdmin(_connection: JetStreamConnection): StreamAdmin {
  throw new Error('arrives with the next commits');
}
