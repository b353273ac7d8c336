import type { ApiContext } from '../handlers/api-context.ts';
import { DefinitionCleaner } from '../definitions/definition-cleaner.ts';
import { provideDefaultServiceAccounts } from './default-service-accounts.ts';
import { sweepExpired } from './sweep-expired.ts';
import { followDefinitions } from '../definitions/follow-definitions.ts';
import { GarbageCollector } from './garbage-collector.ts';
import { NamespaceCleaner } from './namespace-cleaner.ts';

/** Starts what acts on objects after their writes; the returned function stops it. */
export function startLifecycle(api: ApiContext): () => Promise<void> {
  const stopFollowing = followDefinitions(api);
  const stopProviding = provideDefaultServiceAccounts(api);
  const stopSweeping = sweepExpired(api);
  const cleaners = [
    new GarbageCollector(api),
    new NamespaceCleaner(api),
    new DefinitionCleaner(api),
  ];
  return async () => {
    stopFollowing();
    stopSweeping();
    await stopProviding();
    await Promise.all(cleaners.map((cleaner) => cleaner.close()));
  };
}
