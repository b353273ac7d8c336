import type { JetStreamConnection } from '@jetmesh/jetstream';
import type { KubeClient } from '@jetmesh/kube-controller';
import { CommandError } from '../../command-context.ts';
import { chooseSources } from '../choose-sources.ts';
import { readSwitchFacts } from '../read-switch-facts.ts';
import { comparisonLines, isDifferent } from './comparison-lines.ts';
import { compareShadows } from './comparison.ts';
import { askReports } from './shadow-reports.ts';

export interface CompareSurroundings {
  readonly client: KubeClient;
  readonly connection: JetStreamConnection;
  readonly print: (line: string) => void;
}

/** Prints where bus and mesh would serve different subscribers; throws when they would, or when nothing was judged. */
export async function compareApplication(
  name: string,
  busBroker: string,
  { client, connection, print }: CompareSurroundings,
): Promise<void> {
  const facts = await readSwitchFacts(client, busBroker);
  const [source] = chooseSources({ kind: 'application', name }, facts);
  if (source === undefined) return;
  const { counts, dispatcherCount, uncountedCount } = await askReports(connection, name);
  if (dispatcherCount === 0) throw new CommandError('No dispatcher answers.');
  if (counts.length === 0) throw new CommandError(nothingCounted(name, source.spec.endpoints));
  const types = compareShadows(source, counts, facts);
  comparisonLines(name, types).forEach((line) => print(line));
  if (uncountedCount > 0) print(`${uncountedCount} events of still other kinds were not counted.`);
  const different = types.filter(isDifferent);
  if (different.length > 0) throw new CommandError(`Bus and mesh differ for ${name}.`);
}

function nothingCounted(name: string, endpoints: { shadow?: string } | undefined): string {
  return endpoints?.shadow === 'mesh'
    ? `No event of ${name} was judged yet: none has entered the bus since the shadow is on or the dispatchers run.`
    : `The shadow of ${name} is off, and nothing was counted: jetmesh switch ${name} --shadow mesh`;
}
