import type { JetStreamConnection } from '../connection/jetstream-connection.ts';
import type { OutboxLimits } from './outbox-limits.ts';
import type { OutgoingMessage } from './outgoing-message.ts';
import type { PublishOutcome } from './publish-outcome.ts';

export class Outbox {
  constructor(_connection: JetStreamConnection, _limits: OutboxLimits) {}
  publish(_message: OutgoingMessage): Promise<PublishOutcome> {
    throw new Error('arrives with the next commits');
  }
  get outstandingCount(): number {
    return 0;
  }
  get outstandingBytes(): number {
    return 0;
  }
  close(): Promise<void> {
    throw new Error('arrives with the next commits');
  }
}
