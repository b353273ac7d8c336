import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import type { MessagePull, PullSettings } from './message-pull.ts';

export class MessagePuller {
  constructor(
    _connection: JetStreamConnection,
    _options?: { readonly ackWaitMs?: number; readonly processMaxBytes?: number },
  ) {}
  open(_settings: PullSettings): MessagePull {
    throw new Error('arrives with the next commits');
  }
  close(): Promise<void> {
    throw new Error('arrives with the next commits');
  }
}
