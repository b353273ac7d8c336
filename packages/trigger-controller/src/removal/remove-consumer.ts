import { isRetryStream, retrySubjectOfConsumer, type StreamAdmin } from '@jetmesh/jetstream';
import type { ConsumerPlace } from '../trigger/consumer-place.ts';

/** Removes a Trigger's consumer and, where events are stored for it alone, what nobody will ask for any more. */
export async function removeConsumer(
  admin: Pick<StreamAdmin, 'deleteConsumer' | 'purgeSubject'>,
  { stream, consumer }: ConsumerPlace,
): Promise<void> {
  await admin.deleteConsumer(stream, consumer);
  if (isRetryStream(stream)) {
    await admin.purgeSubject(stream, retrySubjectOfConsumer(stream, consumer));
  }
}
