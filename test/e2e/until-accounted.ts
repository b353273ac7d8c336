import { eventually } from '../support/eventually.ts';
import type { MeshProcess } from '../support/mesh-process.ts';
import type { RecordingSubscriber } from '../support/recording-subscriber.ts';
import type { LoadResult } from '../support/send-events.ts';
import { listDeadLetters } from './run-dead-letters.ts';

/** Waits until every accepted event is delivered to a Trigger or parked for it; prints the figures of the fault. */
export async function untilAccounted(
  fault: string,
  { accepted, refused }: LoadResult,
  {
    mesh,
    subscriber,
    trigger,
  }: { mesh: MeshProcess; subscriber: RecordingSubscriber; trigger: string },
): Promise<void> {
  const isAccepted = new Set(accepted);
  const delivered = () =>
    subscriber.received.map(({ id }) => id).filter((id) => isAccepted.has(id));
  const parked = await eventually(
    async () => {
      const listed = await listDeadLetters(mesh, '--trigger', trigger);
      const parkedIds = new Set(listed.map(({ id }) => id));
      const deliveredIds = new Set(delivered());
      const missing = accepted.filter((id) => !deliveredIds.has(id) && !parkedIds.has(id));
      if (missing.length === 0) return parkedIds;
      throw new Error(`${missing.length} are missing, such as ${missing[0] ?? ''}`);
    },
    { timeoutMs: 75_000, intervalMs: 1_000 },
  );
  const deliveries = delivered();
  const duplicates = deliveries.length - new Set(deliveries).size;
  const codes = [...refused].map(([code, count]) => `${count} × ${code}`).join(', ') || 'none';
  process.stdout.write(
    `${fault}: ${accepted.length} accepted, ${deliveries.length} deliveries, ${duplicates} duplicates, ` +
      `${accepted.filter((id) => parked.has(id)).length} parked, refused: ${codes}\n`,
  );
}
