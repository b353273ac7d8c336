import {
  adapterFinding,
  endpointPathsOf,
  isOfApplication,
  objectKey,
  type HttpSource,
  type Subscription,
} from '@jetmesh/eventing-api';
import type { MigrationFacts } from './migration-facts.ts';

/** Why events of these Applications may still enter the bus, where a migrated Subscription gets nothing. */
export function meshObstacles(
  sources: readonly HttpSource[],
  { leases, now }: Pick<MigrationFacts, 'leases' | 'now'>,
): string[] {
  if (sources.length === 0) {
    return ['no HTTPSource declares what it selects, and such events of /publish enter the bus'];
  }
  return sources.flatMap((source) => {
    const name = source.spec.source;
    const onBus = Object.entries(endpointPathsOf(source))
      .filter(([, path]) => path === 'bus')
      .map(([endpoint]) => endpoint);
    if (onBus.length > 0) {
      const verb = onBus.length === 1 ? 'enters' : 'enter';
      return [
        `${onBus.join(', ')} of Application "${name}" ${verb} the bus: jetmesh switch ${name} --to mesh`,
      ];
    }
    const { liveCount, behind } = adapterFinding(source, leases, now);
    if (liveCount === 0) return ['no adapter replica is live'];
    return behind.length === 0
      ? []
      : [`HTTPSource ${objectKey(source.metadata)} is not confirmed by ${behind.join(', ')}`];
  });
}

/** The same for Subscriptions that are gone, of what declares them still. */
export function routingObstacles(
  subscriptions: readonly Subscription[],
  facts: MigrationFacts,
): string[] {
  const sources = facts.httpSources.filter((source) =>
    subscriptions.some((subscription) => isOfApplication(subscription, source)),
  );
  return sources.length === 0 ? [] : meshObstacles(sources, facts);
}
