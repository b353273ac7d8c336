import type { ReplicaRegistry } from '@jetmesh/jetstream';
import type { Logger } from '@jetmesh/service-runtime';

export interface ConfirmedParts {
  readonly registry: Pick<ReplicaRegistry, 'isLive' | 'onLiveChange'>;
  readonly triggers: { refresh(): Promise<void> };
  /** Applies every change that has been announced. */
  readonly applyChanges: () => void;
  readonly groups: { pause(): void; resume(): void };
  readonly logger: Pick<Logger, 'info'>;
}

/**
 * Events of shared consumers are handed out only while whoever makes a Trigger Ready waits for this replica to know it:
 * so while its heartbeat counts. Before it began to count, Triggers may have become Ready without this replica: it lists
 * them anew first. Returns how to end it.
 */
export function confirmGroups({
  registry,
  triggers,
  applyChanges,
  groups,
  logger,
}: ConfirmedParts): () => void {
  let lapseCount = 0;
  const resume = async () => {
    const lapses = lapseCount;
    await triggers.refresh();
    applyChanges();
    if (!registry.isLive || lapses !== lapseCount) return;
    logger.info('Events of shared consumers are handed out', { seen: true });
    groups.resume();
  };
  const forget = registry.onLiveChange((isLive) => {
    if (isLive) return void resume();
    lapseCount += 1;
    logger.info('The heartbeat lapsed: events of shared consumers wait', {});
    groups.pause();
  });
  if (registry.isLive) void resume();
  return forget;
}
