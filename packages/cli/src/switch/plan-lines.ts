import { objectKey, type PlanFinding, type SwitchPlan } from '@jetmesh/eventing-api';

const order = ['blocked', 'pending', 'noted', 'ready'] as const;

/** A plan as a person reads it: what would change, then what stands in the way first. */
export function planLines(plan: SwitchPlan): string[] {
  const { source, moves, to, findings } = plan;
  const name = `${source.spec.source} (HTTPSource ${objectKey(source.metadata)})`;
  const heading =
    moves.length === 0
      ? `${name}: ${plan.endpoints.join(', ')} on the ${to} already`
      : `${name}: ${moves.join(', ')} from ${to === 'mesh' ? 'bus' : 'mesh'} to ${to}`;
  const sorted = order.flatMap((state) => findings.filter((one) => one.state === state));
  return [heading, ...sorted.map(findingLine)];
}

export function findingLine({ state, subject, detail }: PlanFinding): string {
  return `  ${state.padEnd(9)}${subject}${detail === '' ? '' : `: ${detail}`}`;
}
