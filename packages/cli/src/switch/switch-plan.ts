import {
  endpointPathsOf,
  objectKey,
  type HttpSource,
  type SubscriptionsFilter,
  type Trigger,
} from '@jetmesh/eventing-api';
import { ownerOfSource } from './owner-of-source.ts';
import { brokerReadBy, brokersOfPath } from './path-brokers.ts';
import { readinessOf, type PlanFinding } from './plan-finding.ts';
import type { Endpoint, PlanRequest } from './plan-request.ts';
import { subscriptionFindings } from './subscription-findings.ts';
import { isBridged, usersTriggerKeys } from './subscription-triggers.ts';
import type { SwitchFacts } from './switch-facts.ts';

/** What a switch of one Application changes, and what stands in its way. */
export interface SwitchPlan extends PlanRequest {
  /** Those of the endpoints that are on the other path now; empty when there is nothing to do. */
  readonly moves: readonly Endpoint[];
  readonly findings: readonly PlanFinding[];
}

/** Pure: the facts decide, and nothing is asked for. */
export function switchPlan(request: PlanRequest, facts: SwitchFacts): SwitchPlan {
  const paths = endpointPathsOf(request.source);
  const moves = request.endpoints.filter((endpoint) => paths[endpoint] !== request.to);
  const taken = takenFindings(request.source, facts);
  if (taken.length > 0) return { ...request, moves, findings: taken };
  if (moves.length === 0) return { ...request, moves, findings: [] };
  const findings = [
    ...brokerFindings(request, facts),
    ...subscriptionFindings(request, facts),
    ...leftReaderFindings(request, facts),
  ];
  return { ...request, moves, findings };
}

function takenFindings(source: HttpSource, { httpSources }: SwitchFacts): PlanFinding[] {
  const { source: name } = source.spec;
  const key = objectKey(source.metadata);
  const owner = ownerOfSource(name, httpSources) ?? source;
  const ownerKey = objectKey(owner.metadata);
  if (ownerKey === key) return [];
  const detail = `its source "${name}" is that of HTTPSource ${ownerKey}, which is older`;
  return [{ state: 'blocked', subject: `HTTPSource ${key}`, detail }];
}

function brokerFindings({ source, to }: PlanRequest, facts: SwitchFacts): PlanFinding[] {
  return brokersOfPath(to, source, facts).map((key) => {
    const broker = facts.brokers.find(({ metadata }) => objectKey(metadata) === key);
    const subject = `Broker ${key}`;
    if (broker === undefined) return { state: 'blocked', subject, detail: 'does not exist' };
    return { subject, ...readinessOf(broker) };
  });
}

/** Triggers that users wrote on the path that is left, and that no Subscription stands behind: they are not moved. */
function leftReaderFindings({ source, to }: PlanRequest, facts: SwitchFacts): PlanFinding[] {
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
