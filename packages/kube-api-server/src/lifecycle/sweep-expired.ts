import type { ApiContext } from '../handlers/api-context.ts';
import { objectOr, shown } from '../json/json-value.ts';
import { keyOf } from '../object/kube-object.ts';
import type { Resource } from '../registry/resource.ts';
import { removeStored } from './edit-stored.ts';

const sweepIntervalMs = 60_000;

/** Removes objects that have outlived their kind's time to live, i.e. Kubernetes events after an hour. */
export function sweepExpired(api: ApiContext): () => void {
  const sweep = setInterval(() => {
    removeExpired(api).catch((error: unknown) => {
      api.logger.warn('old Kubernetes events could not be removed', { err: error });
    });
  }, sweepIntervalMs);
  sweep.unref();
  return () => {
    clearInterval(sweep);
  };
}

/** Removes what has expired by now. */
export async function removeExpired(api: ApiContext): Promise<void> {
  for (const resource of api.registry.resources()) {
    const { timeToLiveMs } = resource.strategy;
    if (timeToLiveMs !== undefined) await removeOlder(api, resource, timeToLiveMs);
  }
}

/** Age counts from the latest of the times that an object carries. */
async function removeOlder(
  api: ApiContext,
  { storageId }: Resource,
  timeToLiveMs: number,
): Promise<void> {
  const deadline = api.now().getTime() - timeToLiveMs;
  for (const object of api.store.list(storageId)) {
    const { creationTimestamp } = object.metadata;
    const { lastObservedTime } = objectOr(object.series);
    const times = [creationTimestamp, object.lastTimestamp, object.eventTime, lastObservedTime];
    const newest = Math.max(
      ...times.map((time) => Date.parse(shown(time))).filter(Number.isFinite),
    );
    if (newest >= deadline) continue;
    const location = { storageId, key: keyOf(object.metadata) };
    const { uid } = object.metadata;
    await removeStored(api, location, { propagation: 'Background', uid });
  }
}
