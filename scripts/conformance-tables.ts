import type { ConformanceTest } from './conformance-tests.ts';

/** A part of the Knative specification, with as many statements as it has in our numbering. */
interface Section {
  readonly prefix: string;
  readonly title: string;
  readonly count: number;
}

const sections: readonly Section[] = [
  { prefix: 'CP', title: 'Broker lifecycle', count: 8 },
  { prefix: 'TL', title: 'Trigger lifecycle', count: 8 },
  { prefix: 'AD', title: 'Destinations', count: 5 },
  { prefix: 'RO', title: 'Event routing', count: 9 },
  { prefix: 'DE', title: 'Event delivery', count: 8 },
  { prefix: 'RF', title: 'Resource fields', count: 10 },
  { prefix: 'ES', title: 'Status conditions', count: 6 },
  { prefix: 'DP', title: 'Data plane', count: 17 },
  { prefix: 'LX', title: 'Earlier Broker specification', count: 21 },
];

type State = 'tested' | 'in part' | 'not yet';

/** A table for each section: which statements, the sentence that the test has for them, and whether there is one. */
export function statementTables(tests: readonly ConformanceTest[]): string {
  assertComplete(tests);
  return sections.map((section) => statementTable(section, tests)).join('\n\n');
}

/** How many statements of each section are tested, and the sentences of those that are not. */
export function summary(tests: readonly ConformanceTest[]): string {
  assertComplete(tests);
  const rows = sections.map((section) => {
    const states = idsOf(section).map((id) => stateOf(id, tests));
    return row([section.title, section.count, ...countsOf(states)]);
  });
  const all = sections.flatMap(idsOf).map((id) => stateOf(id, tests));
  const head = [row(['specification', 'statements', 'tested', 'in part', 'not yet']), rule(5)];
  const missing = tests.filter(({ isWritten }) => !isWritten);
  return [
    ...[...head, ...rows, row(['all', all.length, ...countsOf(all)]), ''],
    ...missing.map(({ ids, sentence }) => `- Not yet: ${sentence} (${ids.join(', ')}).`),
  ].join('\n');
}

function statementTable(section: Section, tests: readonly ConformanceTest[]): string {
  const rows = tests
    .map((test) => ({ ...test, own: numbersIn(section, test) }))
    .filter(({ own }) => own.length > 0)
    .sort((a, b) => (a.own[0] ?? 0) - (b.own[0] ?? 0))
    .map(({ own, sentence, isWritten }) =>
      row([
        own.map((number) => `${section.prefix}-${number}`).join(' '),
        sentence,
        isWritten ? 'tested' : 'not yet',
      ]),
    );
  const head = row(['statement', 'as tested', 'state']);
  return [`## ${section.title}\n`, head, rule(3), ...rows].join('\n');
}

/** A statement that is neither tested nor a `todo` would be missing in silence. */
function assertComplete(tests: readonly ConformanceTest[]): void {
  const known = sections.flatMap(idsOf);
  const named = new Set(tests.flatMap(({ ids }) => ids));
  const forgotten = known.filter((id) => !named.has(id));
  const unknown = [...named].filter((id) => !known.includes(id));
  if (forgotten.length > 0) throw new Error(`Neither a test nor a todo: ${forgotten.join(', ')}`);
  if (unknown.length > 0) throw new Error(`No such statement: ${unknown.join(', ')}`);
}

function idsOf({ prefix, count }: Section): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
}

function numbersIn({ prefix }: Section, { ids }: ConformanceTest): number[] {
  return ids
    .filter((id) => id.startsWith(`${prefix}-`))
    .map((id) => Number(id.slice(prefix.length + 1)))
    .sort((a, b) => a - b);
}

function stateOf(id: string, tests: readonly ConformanceTest[]): State {
  const own = tests.filter(({ ids }) => ids.includes(id));
  if (own.every(({ isWritten }) => isWritten)) return 'tested';
  return own.some(({ isWritten }) => isWritten) ? 'in part' : 'not yet';
}

function countsOf(states: readonly State[]): number[] {
  const count = (wanted: State) => states.filter((state) => state === wanted).length;
  return [count('tested'), count('in part'), count('not yet')];
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

function rule(columnCount: number): string {
  return `|${' --- |'.repeat(columnCount)}`;
}
