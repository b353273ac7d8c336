import type { SubscriptionCondition, SubscriptionStatus } from '@jetmesh/eventing-api';
import type { DeliveryReport } from './trigger-report.ts';

/** How a Subscription of any generation stands. */
export type SubscriptionFinding =
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }
  | {
      readonly kind: 'valid';
      readonly reports: readonly DeliveryReport[];
      /** Beside those of the Triggers: a Service that does not exist, a name that is taken. */
      readonly problems: readonly string[];
      /** Beside those of the Triggers. */
      readonly remarks: readonly string[];
      /** Only old Subscriptions ask: false without an EventActivation. */
      readonly isActivated: boolean;
    };

type Fact = Pick<SubscriptionCondition, 'type' | 'status' | 'reason' | 'message'>;

/** The status of a Kyma 1.x Subscription; `ready` is ours, for the column of `kubectl get`. */
export function oldSubscriptionStatus(
  finding: SubscriptionFinding,
  previous: readonly SubscriptionCondition[],
  now: Date,
): SubscriptionStatus {
  const obstacle = obstacleOf(finding);
  const isActivated = finding.kind === 'valid' && finding.isActivated;
  const outcome = obstacle ?? { status: 'True' as const, ...messageOf(remarksOf(finding)) };
  const facts: Fact[] = [
    { type: 'events-activated', ...(isActivated ? { status: 'True' as const } : outcome) },
    { type: 'kn-subscription-ready', ...outcome },
    { type: 'is-ready', ...outcome },
  ];
  const conditions = facts.map((fact) => stamped(fact, 'last_transition_time', previous, now));
  return { ready: obstacle === undefined, conditions, ...usedTriggersOf(finding) };
}

/** Why nothing is delivered; undefined when all is well. */
function obstacleOf(finding: SubscriptionFinding): Omit<Fact, 'type'> | undefined {
  const problems = problemsOf(finding).join('; ');
  if (finding.kind === 'invalid') return obstacle('InvalidSubscription', problems);
  if (!finding.isActivated) {
    return obstacle('NoEventActivation', 'No EventActivation of this source in the Namespace.');
  }
  return problems === '' ? undefined : obstacle('TriggersNotReady', problems);
}

function obstacle(reason: string, message: string): Omit<Fact, 'type'> {
  return { status: 'False', reason, message };
}

/** The status of v1alpha1 and v1alpha2 Subscriptions, in eventing-manager's words. */
export function newSubscriptionStatus(
  finding: SubscriptionFinding,
  previous: readonly SubscriptionCondition[],
  now: Date,
): SubscriptionStatus {
  const facts = finding.kind === 'invalid' ? invalidFacts(finding.problems) : validFacts(finding);
  const reports = finding.kind === 'invalid' ? [] : finding.reports;
  return {
    ready: finding.kind === 'valid' && problemsOf(finding).length === 0,
    types: reports.flatMap(({ types }) => types.map((type) => ({ ...type }))),
    backend: { types: reports.flatMap(backendTypes) },
    conditions: facts.map((fact) => stamped(fact, 'lastTransitionTime', previous, now)),
    ...usedTriggersOf(finding),
  };
}

function backendTypes({ types, consumerName }: DeliveryReport) {
  if (consumerName === undefined) return [];
  return types.map(({ originalType }) => ({ originalType, consumerName }));
}

function invalidFacts(problems: readonly string[]): Fact[] {
  return [
    {
      type: 'Subscription spec valid',
      status: 'False',
      reason: 'Subscription spec has validation errors',
      message: aggregate(problems),
    },
  ];
}

/** As Kubernetes writes an aggregate of errors. */
function aggregate(problems: readonly string[]): string {
  const [only] = problems;
  return problems.length === 1 && only !== undefined ? only : `[${problems.join(', ')}]`;
}

function validFacts(finding: SubscriptionFinding): Fact[] {
  const problems = problemsOf(finding);
  const isActive = problems.length === 0;
  return [
    {
      type: 'Subscription active',
      status: isActive ? 'True' : 'False',
      reason: isActive ? 'NATS Subscription active' : 'NATS Subscription not active',
      ...messageOf(isActive ? remarksOf(finding) : problems),
    },
    {
      type: 'Subscription spec valid',
      status: 'True',
      reason: 'Subscription spec has no validation errors',
    },
  ];
}

function problemsOf(finding: SubscriptionFinding): readonly string[] {
  if (finding.kind === 'invalid') return finding.problems;
  return [...finding.problems, ...finding.reports.flatMap(({ problems }) => problems)];
}

function remarksOf(finding: SubscriptionFinding): readonly string[] {
  if (finding.kind === 'invalid') return [];
  return [...new Set([...finding.remarks, ...finding.reports.flatMap(({ remarks }) => remarks)])];
}

function usedTriggersOf(finding: SubscriptionFinding): { usedTriggers?: string[] } {
  const reports = finding.kind === 'invalid' ? [] : finding.reports;
  const usedTriggers = [...new Set(reports.flatMap((report) => report.usedTriggers))];
  return usedTriggers.length === 0 ? {} : { usedTriggers };
}

function messageOf(sentences: readonly string[]): { message?: string } {
  return sentences.length === 0 ? {} : { message: sentences.join(' ') };
}

/** The time moves only when something else of the condition does. */
function stamped(
  fact: Fact,
  timeField: 'lastTransitionTime' | 'last_transition_time',
  previous: readonly SubscriptionCondition[],
  now: Date,
): SubscriptionCondition {
  const before = previous.find(({ type }) => type === fact.type);
  const isUnchanged =
    before?.status === fact.status &&
    before.reason === fact.reason &&
    before.message === fact.message;
  const since = isUnchanged ? before[timeField] : undefined;
  return { ...fact, [timeField]: since ?? `${now.toISOString().slice(0, 19)}Z` };
}
