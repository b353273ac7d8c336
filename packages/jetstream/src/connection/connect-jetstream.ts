import type { JetStreamConnection } from './jetstream-connection.ts';
import type { JetStreamSettings } from './jetstream-settings.ts';

export function connectJetStream(_settings: JetStreamSettings): Promise<JetStreamConnection> {
  throw new Error('arrives with the next commits');
}
