import type { SubscriptionsFilter } from '@jetmesh/eventing-api';
import { compileFilters } from '@jetmesh/event-filter';

export interface FilterCost {
  readonly name: string;
  readonly nanoseconds: number;
}

export const fiveTerms = 'CESQL of five terms';

const event = new Map([
  ['specversion', '1.0'],
  ['id', '42'],
  ['source', '/shops/7'],
  ['type', 'com.example.order.shipped'],
  ['subject', 'order-1001'],
  ['priority', '5'],
  ['region', 'eu-west'],
]);

/** Each matches the event, so no evaluation ends before its last term. */
const filters: readonly (readonly [string, SubscriptionsFilter])[] = [
  ['exact', { exact: { type: 'com.example.order.shipped' } }],
  ['prefix', { prefix: { type: 'com.example.' } }],
  ['suffix', { suffix: { subject: '1001' } }],
  [
    'all of three',
    {
      all: [
        { exact: { region: 'eu-west' } },
        { prefix: { type: 'com.' } },
        { suffix: { source: '7' } },
      ],
    },
  ],
  ['not', { not: { exact: { region: 'us-east' } } }],
  [
    fiveTerms,
    {
      cesql:
        "type = 'com.example.order.shipped' AND source LIKE '/shops/%' AND priority > 3 AND EXISTS region AND region IN ('eu-west', 'eu-north')",
    },
  ],
];

const evaluations = 300_000;

/** ns per evaluation of one filter of each dialect, after a warm-up. */
export function filterCosts(): FilterCost[] {
  return filters.map(([name, filter]) => ({ name, nanoseconds: costOf(filter) }));
}

function costOf(filter: SubscriptionsFilter): number {
  const compiled = compileFilters({ filters: [filter] });
  if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems));
  const evaluate = (count: number) => {
    let matches = 0;
    for (let index = 0; index < count; index += 1) {
      if (compiled.filter.matches(event)) matches += 1;
    }
    if (matches !== count) throw new Error('The filter does not match');
  };
  evaluate(evaluations / 10);
  const startedAt = process.cpuUsage();
  evaluate(evaluations);
  const { user, system } = process.cpuUsage(startedAt);
  return ((user + system) * 1000) / evaluations;
}
