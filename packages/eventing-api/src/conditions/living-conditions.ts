import type { Condition, ConditionFinding } from './condition.ts';

/**
 * The conditions to write for `findings`: sorted by type, `Ready` computed from the others, and
 * `lastTransitionTime` moved to `now` only where status, reason or message changed since `previous`.
 *
 * False beats Unknown; of several failing findings the first in the order of `findings` explains `Ready`.
 */
export function livingConditions(
  findings: Readonly<Record<string, ConditionFinding>>,
  previous: readonly Condition[],
  now: Date,
): Condition[] {
  const all = { ...findings, Ready: summary(Object.values(findings)) };
  return Object.entries(all)
    .map(([type, finding]) => stamped(type, finding, previous, now))
    .sort((a, b) => (a.type < b.type ? -1 : 1));
}

function summary(findings: readonly ConditionFinding[]): ConditionFinding {
  return (
    findings.find((finding) => finding.status === 'False') ??
    findings.find((finding) => finding.status === 'Unknown') ?? { status: 'True' }
  );
}

function stamped(
  type: string,
  finding: ConditionFinding,
  previous: readonly Condition[],
  now: Date,
): Condition {
  const condition: Condition = { type, ...finding };
  const before = previous.find((candidate) => candidate.type === type);
  const isUnchanged =
    before?.status === finding.status &&
    before.reason === finding.reason &&
    before.message === finding.message;
  const since = isUnchanged ? before.lastTransitionTime : undefined;
  return { ...condition, lastTransitionTime: since ?? `${now.toISOString().slice(0, 19)}Z` };
}
