import type { ConsumerStart } from '../topology/consumer-config.ts';
import { ackFloorOf } from './ack-floor-of.ts';
import type { ConsumerReply } from './api-replies.ts';

/**
 * Where a consumer starts that takes over from another: after what that one has finished, or at the end of the stream
 * if it has nothing left to do, so that no old event appears under the new filter.
 */
export function startAfter(predecessor: ConsumerReply, lastSequence: number): ConsumerStart {
  const isIdle = predecessor.num_pending === 0 && predecessor.num_ack_pending === 0;
  const floor = isIdle ? lastSequence : ackFloorOf(predecessor);
  if (floor > 0 || isIdle) return { deliver_policy: 'by_start_sequence', opt_start_seq: floor + 1 };
  return ownStart(predecessor);
}

/** It has finished nothing yet. */
function ownStart({ config, created }: ConsumerReply): ConsumerStart {
  const { deliver_policy, opt_start_seq, opt_start_time } = config as Partial<ConsumerStart>;
  if (deliver_policy === 'by_start_sequence' && opt_start_seq !== undefined) {
    return { deliver_policy, opt_start_seq };
  }
  if (deliver_policy === 'by_start_time' && opt_start_time !== undefined) {
    return { deliver_policy, opt_start_time };
  }
  if (deliver_policy === 'all') return { deliver_policy };
  return { deliver_policy: 'by_start_time', opt_start_time: created };
}
