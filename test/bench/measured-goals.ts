import { fiveTerms, type FilterCost } from './filter-cost.ts';
import type { Goal } from './goals.ts';
import type { ScenarioResult } from './measured-load.ts';

interface Hops {
  readonly ingress: ScenarioResult;
  readonly adapter: ScenarioResult;
  readonly full: ScenarioResult;
}

/** One Broker with so many Triggers; undefined for what was not measured. */
interface Fans {
  readonly one: ScenarioResult;
  readonly oneOfTen: ScenarioResult;
  readonly ten: ScenarioResult;
  readonly hundred: ScenarioResult | undefined;
  readonly thousand: ScenarioResult | undefined;
}

/** DESIGN §7's ratios, and those between Brokers with few and with many Triggers. */
export function measuredGoals(hops: Hops, fans: Fans, unit: number): Goal[] {
  return [...hopGoals(hops, unit), ...fanGoals(fans)];
}

function hopGoals({ ingress, adapter, full }: Hops, unit: number): Goal[] {
  const units = (result: ScenarioResult, ...names: string[]) => cpuOf(result, names) / unit;
  const all = ['ingress', 'dispatcher', 'nats-server'];
  return [
    { name: 'ingress process', ratio: units(ingress, 'ingress'), goal: 2.5, limit: 3.5 },
    {
      name: 'nats-server beside the ingress',
      ratio: units(ingress, 'nats-server'),
      goal: 1,
      limit: 2,
    },
    { name: 'dispatcher per delivery', ratio: units(full, 'dispatcher'), goal: 3, limit: 5 },
    {
      name: 'ingress + dispatcher + nats-server end to end',
      ratio: units(full, ...all),
      goal: 7.5,
      limit: 12,
    },
    { name: 'adapter hop', ratio: units(adapter, 'http-source-adapter'), goal: 3, limit: 6 },
  ].map((goal) => ({ ...goal, measure: 'the unit' }));
}

function fanGoals({ one, oneOfTen, ten, hundred, thousand }: Fans): Goal[] {
  const ratio = (of: ScenarioResult, to: ScenarioResult) => totalCpu(of) / totalCpu(to);
  const compared = (name: string, fan: ScenarioResult | undefined): Goal[] =>
    fan === undefined
      ? []
      : [{ name, ratio: ratio(fan, ten), goal: 2, limit: 4, measure: 'ten Triggers' }];
  return [
    {
      name: 'ten Triggers of which one matches',
      ratio: ratio(oneOfTen, one),
      goal: 1.3,
      limit: 2,
      measure: 'one Trigger',
    },
    ...compared('a hundred Triggers on a Broker', hundred),
    ...compared('a thousand Triggers on a Broker', thousand),
  ];
}

export function expressionGoal(costs: readonly FilterCost[]): Goal {
  const nanoseconds = costs.find(({ name }) => name === fiveTerms)?.nanoseconds ?? Number.NaN;
  const name = `evaluation of ${fiveTerms}`;
  return { name, ratio: nanoseconds / 1000, goal: 1, limit: 5, measure: 'a microsecond' };
}

function totalCpu(result: ScenarioResult): number {
  return cpuOf(result, Object.keys(result.cpu));
}

function cpuOf({ cpu }: ScenarioResult, names: readonly string[]): number {
  return names.reduce((total, name) => total + (cpu[name] ?? Number.NaN), 0);
}
