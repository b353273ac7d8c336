import {
  brokersOfPath,
  objectKey,
  subscriptionUidOf,
  usersTriggerKeys,
  type HttpSource,
  type ShadowCount,
  type SwitchFacts,
} from '@jetmesh/eventing-api';

/** Who would get a type of event on the bus and on the mesh: Subscriptions, and Triggers of users, by kind and key. */
export interface TypeComparison {
  readonly type: string;
  readonly version: string;
  /** Events judged on the bus; on the mesh the most that one of its Brokers judged. */
  readonly busCount: number;
  readonly meshCount: number;
  readonly both: readonly string[];
  readonly onlyBus: readonly string[];
  readonly onlyMesh: readonly string[];
}

/** Pure. Sorted by type and version. */
export function compareShadows(
  source: HttpSource,
  counts: readonly ShadowCount[],
  facts: SwitchFacts,
): TypeComparison[] {
  const nameOf = subscriberNames(facts);
  const brokers = { bus: [facts.busBroker], mesh: brokersOfPath('mesh', source, facts) };
  const kinds = new Map(
    counts.map((count) => [JSON.stringify([count.type, count.version]), count]),
  );
  return [...kinds.values()].sort(byType).map(({ type, version }) => {
    const ofType = counts.filter((one) => one.type === type && one.version === version);
    const bus = sideOf(ofType, brokers.bus, nameOf);
    const mesh = sideOf(ofType, brokers.mesh, nameOf);
    return {
      type,
      version,
      busCount: bus.count,
      meshCount: mesh.count,
      both: sorted(bus.names.filter((name) => mesh.names.includes(name))),
      onlyBus: sorted(bus.names.filter((name) => !mesh.names.includes(name))),
      onlyMesh: sorted(mesh.names.filter((name) => !bus.names.includes(name))),
    };
  });
}

function sideOf(
  counts: readonly ShadowCount[],
  brokers: readonly string[],
  nameOf: (triggerKey: string) => string,
): { count: number; names: string[] } {
  const totals = brokers.map((broker) => {
    const ofBroker = counts.filter((count) => count.broker === broker);
    return ofBroker.reduce((sum, { count }) => sum + count, 0);
  });
  const keys = counts
    .filter(({ broker }) => brokers.includes(broker))
    .flatMap(({ triggers }) => Object.keys(triggers));
  return { count: Math.max(0, ...totals), names: [...new Set(keys.map(nameOf))] };
}

/** Both Triggers of a Subscription are one subscriber, and so is a user's Trigger that stands in for one. */
function subscriberNames({ subscriptions, triggers }: SwitchFacts): (key: string) => string {
  const byUid = new Map(subscriptions.map(({ metadata }) => [metadata.uid, objectKey(metadata)]));
  const names = new Map<string, string>();
  for (const trigger of triggers) {
    const subscription = byUid.get(subscriptionUidOf(trigger) ?? '');
    if (subscription === undefined) continue;
    names.set(objectKey(trigger.metadata), `Subscription ${subscription}`);
  }
  for (const subscription of subscriptions) {
    const name = `Subscription ${objectKey(subscription.metadata)}`;
    for (const key of usersTriggerKeys(subscription)) names.set(key, name);
  }
  return (key) => names.get(key) ?? `Trigger ${key}`;
}

function byType(a: ShadowCount, b: ShadowCount): number {
  return a.type.localeCompare(b.type) || a.version.localeCompare(b.version);
}

function sorted(names: readonly string[]): string[] {
  return names.toSorted();
}
