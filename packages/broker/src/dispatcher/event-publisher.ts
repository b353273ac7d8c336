import type { OutgoingMessage, PublishOutcome } from '@jetmesh/jetstream';

/** The way into a stream, as `jetstream`'s Outbox offers it. */
export interface EventPublisher {
  publish(message: OutgoingMessage): Promise<PublishOutcome>;
}
