import {
  brokerReaders,
  isOfApplication,
  objectKey,
  servingTriggers,
  subscriptionFindings,
  type HttpSource,
  type PlanFinding,
  type ServingTriggers,
  type Subscription,
  type Trigger,
} from '@jetmesh/eventing-api';
import type { MigrationFacts } from './migration-facts.ts';
import { meshObstacles } from './mesh-obstacles.ts';

/** What a migration does with one Subscription. */
export type MigrationStep =
  /** These Triggers of the bridge stay; the others, on the bus, are drained and go with the Subscription. */
  | {
      readonly kind: 'migrate';
      readonly subscription: Subscription;
      readonly staying: readonly Trigger[];
      readonly leaving: readonly Trigger[];
    }
  /** An earlier run has deleted it; the bridge has not let it go yet. */
  | { readonly kind: 'leaving'; readonly subscription: Subscription }
  /** It gets nothing today: there is nothing to keep. */
  | { readonly kind: 'skipped'; readonly subscription: Subscription; readonly detail: string }
  | {
      readonly kind: 'pending' | 'blocked';
      readonly subscription: Subscription;
      readonly detail: string;
    };

/** Pure. Every Subscription of the Namespace; sorted by name, so that two runs go the same way. */
export function migrationPlan(namespace: string, facts: MigrationFacts): MigrationStep[] {
  const readers = brokerReaders(facts.triggers);
  return facts.subscriptions
    .filter(({ metadata }) => metadata.namespace === namespace)
    .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .map((subscription) => {
      if (subscription.metadata.deletionTimestamp !== undefined) {
        return { kind: 'leaving', subscription };
      }
      const on = (broker: string) => servingTriggers(subscription, readers, broker);
      const serving = { mesh: on(`${namespace}/default`), bus: on(facts.busBroker) };
      return stepFor(subscription, serving, facts);
    });
}

function stepFor(
  subscription: Subscription,
  { mesh, bus }: { mesh: ServingTriggers; bus: ServingTriggers },
  facts: MigrationFacts,
): MigrationStep {
  if ([mesh, bus].every(({ own, users }) => own.length + users.length === 0)) {
    return unservedStep(subscription);
  }
  const sources = facts.httpSources.filter((source) => isOfApplication(subscription, source));
  const finding = meshFinding(subscription, sources, facts);
  const obstacles = meshObstacles(sources, facts);
  const detail = [...obstacles, ...detailOf(finding)].join('; ');
  if (obstacles.length > 0 || finding?.state === 'blocked') {
    return { kind: 'blocked', subscription, detail };
  }
  if (finding?.state === 'pending') return { kind: 'pending', subscription, detail };
  return { kind: 'migrate', subscription, staying: mesh.own, leaving: bus.own };
}

function unservedStep(subscription: Subscription): MigrationStep {
  const { conditions } = subscription.status ?? {};
  if (conditions === undefined) {
    return { kind: 'pending', subscription, detail: 'not reconciled yet' };
  }
  const reason = conditions.find(({ status }) => status === 'False')?.message;
  const detail = 'it gets nothing today and stays as it is';
  return {
    kind: 'skipped',
    subscription,
    detail: reason === undefined ? detail : `${detail}: ${reason}`,
  };
}

/** How the plan of a switch to the mesh judges this Subscription; the worst of several Applications. */
function meshFinding(
  subscription: Subscription,
  sources: readonly HttpSource[],
  facts: MigrationFacts,
): PlanFinding | undefined {
  const alone = { ...facts, subscriptions: [subscription] };
  const findings = sources.flatMap((source) => subscriptionFindings({ source, to: 'mesh' }, alone));
  const worst = (['blocked', 'pending', 'ready'] as const).find((state) => {
    return findings.some((finding) => finding.state === state);
  });
  return findings.find(({ state }) => state === worst);
}

function detailOf(finding: PlanFinding | undefined): string[] {
  return finding === undefined || finding.state === 'ready' ? [] : [finding.detail];
}

/** The Subscription that a step is about. */
export function keyOfStep({ subscription }: MigrationStep): string {
  return objectKey(subscription.metadata);
}
