import type { ConsumerReply } from './api-replies.ts';

/**
 * The stream sequence up to which the consumer has nothing left to do with what it was given. nats-server 2.9 calls the
 * floor 0 until the first acknowledgement; but with nothing unacknowledged, all that was delivered is done.
 */
export function ackFloorOf(reply: ConsumerReply): number {
  if (reply.num_ack_pending > 0) return reply.ack_floor.stream_seq;
  return Math.max(reply.ack_floor.stream_seq, reply.delivered.stream_seq);
}
