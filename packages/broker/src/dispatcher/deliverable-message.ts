import type { StreamMessage } from '@jetmesh/jetstream';

/** What delivering for one Trigger needs of a message; whether it comes again is its holder's business. */
export type DeliverableMessage = Pick<
  StreamMessage,
  'subject' | 'stream' | 'sequence' | 'deliveryCount' | 'timestampMs' | 'headers' | 'data' | 'ack'
>;
