import { setTimeout as delay } from 'node:timers/promises';
import { JetStreamAdminError, type StreamAdmin } from '@jetmesh/jetstream';
import type { UnsettledBacklog } from './take-over.ts';

const againMs = 100;

/**
 * What a predecessor has got of a consumer and not settled, once that no longer changes: its last acknowledgements may
 * be on their way. Undefined when the signal ended the waiting, or the consumer is not there.
 */
export async function readBacklog(
  admin: Pick<StreamAdmin, 'consumerState'>,
  { stream, consumer }: { stream: string; consumer: string },
  signal: AbortSignal,
): Promise<UnsettledBacklog | undefined> {
  let previous: UnsettledBacklog | undefined;
  while (!signal.aborted) {
    const state = await stateUnlessAway(admin, stream, consumer);
    if (state === 'none') return undefined;
    const backlog = state && {
      upToSequence: state.deliveredStreamSequence,
      count: state.numAckPending,
    };
    if (backlog?.count === 0 || (backlog && backlog.count === previous?.count)) return backlog;
    previous = backlog;
    await delay(againMs);
  }
  return undefined;
}

async function stateUnlessAway(
  admin: Pick<StreamAdmin, 'consumerState'>,
  stream: string,
  consumer: string,
) {
  try {
    return (await admin.consumerState(stream, consumer)) ?? 'none';
  } catch (error) {
    if (error instanceof JetStreamAdminError) return undefined;
    throw error;
  }
}
