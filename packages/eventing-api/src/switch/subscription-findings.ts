import type { HttpSource } from '../http-source/http-source.ts';
import { objectKey } from '../kubernetes/object-key.ts';
import type { Subscription } from '../subscription/subscription.ts';
import type { Trigger } from '../trigger/trigger.ts';
import { isOfApplication } from './is-of-application.ts';
import { meshNamespaces } from './path-brokers.ts';
import { readinessOf, type PlanFinding } from './plan-finding.ts';
import type { PlanRequest } from './plan-request.ts';
import type { SwitchFacts } from './switch-facts.ts';
import {
  brokerReaders,
  filterMarkOf,
  servingTriggers,
  type BrokerReaders,
  type ServingTriggers,
} from './subscription-triggers.ts';

type Judgement = Pick<PlanFinding, 'state' | 'detail'>;

/** Every Subscription of the Application, and whether all its filters are served on the target path. */
export function subscriptionFindings(
  request: Pick<PlanRequest, 'source' | 'to'>,
  facts: SwitchFacts,
): PlanFinding[] {
  const judged = { ...request, facts, readers: brokerReaders(facts.triggers) };
  return facts.subscriptions
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .filter((subscription) => isOfApplication(subscription, request.source))
    .map((subscription) => ({
      subject: `Subscription ${objectKey(subscription.metadata)}`,
      ...judgementOf(subscription, judged),
    }));
}

interface JudgedPath extends Pick<PlanRequest, 'source' | 'to'> {
  readonly facts: SwitchFacts;
  readonly readers: BrokerReaders;
}

function judgementOf(
  subscription: Subscription,
  { source, to, facts, readers }: JudgedPath,
): Judgement {
  const { namespace = '' } = subscription.metadata;
  const on = (broker: string) => servingTriggers(subscription, readers, broker);
  const bus = on(facts.busBroker);
  const mesh = on(`${namespace}/default`);
  if (isEmpty(bus) && isEmpty(mesh)) return unservedJudgement(subscription);
  const unreached = to === 'mesh' ? unreachedDetail(namespace, source, facts) : undefined;
  if (unreached !== undefined) return { state: 'blocked', detail: unreached };
  return to === 'mesh' ? servedJudgement(mesh, bus) : servedJudgement(bus, mesh);
}

/** The switch takes nothing from a Subscription that gets nothing now. */
function unservedJudgement({ status }: Subscription): Judgement {
  if (status?.conditions === undefined) return { state: 'pending', detail: 'not reconciled yet' };
  const reason = status.conditions.find((condition) => condition.status === 'False')?.message;
  const detail = 'has no Trigger on either path and gets nothing today';
  return { state: 'noted', detail: reason === undefined ? detail : `${detail}: ${reason}` };
}

function unreachedDetail(namespace: string, source: HttpSource, facts: SwitchFacts) {
  const { namespaces, areBound } = meshNamespaces(source, facts);
  if (namespaces.includes(namespace)) return undefined;
  const goTo = `mesh events go to ${namespaces.join(', ')}`;
  return areBound
    ? `Namespace "${namespace}" is not bound by an EventActivation of "${source.spec.source}": ${goTo} only`
    : `no Namespace is bound by an EventActivation of "${source.spec.source}": ${goTo} only, not to "${namespace}"`;
}

/** Every filter that the other path serves must be served here; a user's Trigger stands in for one of the bridge. */
function servedJudgement(target: ServingTriggers, other: ServingTriggers): Judgement {
  const marks = new Set(target.own.map(filterMarkOf));
  const missing = other.own.filter((trigger) => !marks.has(filterMarkOf(trigger)));
  const serving = [...target.own, ...target.users];
  if (serving.length === 0 || missing.length > target.users.length) {
    const twins = missing.map(keyOf).join(', ');
    const detail = twins === '' ? '' : ` that does what ${twins} does`;
    return { state: 'blocked', detail: `has no Trigger there${detail}` };
  }
  const judged = serving.map((trigger) => ({ key: keyOf(trigger), ...readinessOf(trigger) }));
  const worst = (['blocked', 'pending', 'ready'] as const).find((state) => {
    return judged.some((one) => one.state === state);
  });
  const named = judged.filter(({ state }) => state === worst);
  const words = named.map(({ key, detail }) => `Trigger ${key} ${detail}`.trimEnd());
  return { state: worst ?? 'ready', detail: words.join(', ') };
}

function keyOf({ metadata }: Trigger): string {
  return objectKey(metadata);
}

function isEmpty({ own, users }: ServingTriggers): boolean {
  return own.length + users.length === 0;
}
