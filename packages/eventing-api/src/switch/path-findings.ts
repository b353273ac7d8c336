import { objectKey } from '../kubernetes/object-key.ts';
import { subscriptionUidOf } from '../subscription/bridged-trigger.ts';
import type { SubscriptionsFilter } from '../trigger/filter.ts';
import type { Trigger } from '../trigger/trigger.ts';
import { isOfApplication } from './is-of-application.ts';
import { brokerReadBy, brokersOfPath } from './path-brokers.ts';
import { readinessOf, type PlanFinding } from './plan-finding.ts';
import type { PlanRequest } from './plan-request.ts';
import { subscriptionFindings } from './subscription-findings.ts';
import { isBridged, usersTriggerKeys } from './subscription-triggers.ts';
import type { SwitchFacts } from './switch-facts.ts';

type PathRequest = Pick<PlanRequest, 'source' | 'to'>;

/** What events of an Application need on a path: its Brokers, and a Ready Trigger for each filter of a Subscription. */
export function pathFindings(request: PathRequest, facts: SwitchFacts): PlanFinding[] {
  return [...brokerFindings(request, facts), ...subscriptionFindings(request, facts)];
}

function brokerFindings({ source, to }: PathRequest, facts: SwitchFacts): PlanFinding[] {
  return brokersOfPath(to, source, facts).map((key) => {
    const broker = facts.brokers.find(({ metadata }) => objectKey(metadata) === key);
    const subject = `Broker ${key}`;
    if (broker === undefined) return { state: 'blocked', subject, detail: 'does not exist' };
    return { subject, ...readinessOf(broker) };
  });
}

/** The Triggers that have had events of an Application on a path, whoever wrote them. */
export function pathReaders({ source, to }: PathRequest, facts: SwitchFacts): Trigger[] {
  const brokers = brokersOfPath(to, source, facts);
  const served = new Set(
    facts.subscriptions
      .filter((subscription) => isOfApplication(subscription, source))
      .map(({ metadata }) => metadata.uid),
  );
  return facts.triggers
    .filter((trigger) => brokers.includes(brokerReadBy(trigger)))
    .filter((trigger) => {
      return isBridged(trigger)
        ? served.has(subscriptionUidOf(trigger))
        : !isOfOtherSource(trigger, source.spec.source);
    });
}

/** Triggers that users wrote on the path that is left, and that no Subscription stands behind: they are not moved. */
export function leftReaderFindings({ source, to }: PathRequest, facts: SwitchFacts): PlanFinding[] {
  const left = brokersOfPath(to === 'mesh' ? 'bus' : 'mesh', source, facts);
  const standIns = new Set(facts.subscriptions.flatMap(usersTriggerKeys));
  return facts.triggers
    .filter((trigger) => left.includes(brokerReadBy(trigger)) && !isBridged(trigger))
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .filter(({ metadata }) => !standIns.has(objectKey(metadata)))
    .filter((trigger) => !isOfOtherSource(trigger, source.spec.source))
    .map((trigger) => ({
      state: 'blocked',
      subject: `Trigger ${objectKey(trigger.metadata)}`,
      detail: `reads Broker ${brokerReadBy(trigger)} and would get no more of these events`,
    }));
}

/** `filters` replaces `filter`. Only what is plain to see is looked at; a Trigger in doubt may select them. */
function isOfOtherSource({ spec }: Trigger, source: string): boolean {
  const { filters = [], filter } = spec;
  const exact = (one: SubscriptionsFilter) => one.exact?.source;
  const sources = filters.length > 0 ? filters.map(exact) : [filter?.attributes?.source];
  return sources.some((one) => one !== undefined && one !== '' && one !== source);
}
