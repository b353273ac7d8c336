import type { Endpoint, EventPath } from '@jetmesh/eventing-api';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { withMeshClient } from '../client/mesh-client.ts';
import { CommandError, type CommandContext } from '../command-context.ts';
import { withDeadLetterSource } from '../dead-letters/dead-letter-source.ts';
import type { Selection } from '../switch/choose-sources.ts';
import { compareApplication } from '../switch/compare/compare-application.ts';
import { setShadow, type Shadow } from '../switch/set-shadow.ts';
import { switchApplications } from '../switch/switch-applications.ts';
import type { SwitchRequest } from '../switch/switch-request.ts';

interface SwitchFlags {
  readonly to?: EventPath;
  readonly compare: boolean;
  readonly shadow?: Shadow;
  readonly natsUrl?: string;
  readonly endpoint?: readonly Endpoint[];
  readonly namespace?: string;
  readonly all: boolean;
  readonly plan: boolean;
  readonly force: boolean;
  readonly wait: number;
  readonly bus: string;
  readonly data: string;
  readonly kubeconfig?: string;
}

const endpoints: readonly Endpoint[] = ['legacy', 'events', 'publish'];
/** What Kyma has on the bus. `/events` is the mesh's own and moves only when named. */
const usualEndpoints: readonly Endpoint[] = ['legacy', 'publish'];

export function addSwitchCommand(program: Command, context: CommandContext): void {
  program
    .command('switch [application]')
    .description('route new events of an Application to the bus or to the mesh; prints its plan')
    .addOption(new Option('--to <path>', 'where new events shall enter').choices(['bus', 'mesh']))
    .addOption(
      new Option(
        '--shadow <where>',
        'mesh: its Triggers also judge events that enter the bus, and deliver none; off: no more',
      ).choices(['mesh', 'off']),
    )
    .option('--compare', 'print where bus and mesh would differ; exit 1 when they do', false)
    .option(
      '--endpoint <endpoint>',
      `one of ${endpoints.join(', ')}; repeatable (default: ${usualEndpoints.join(', ')})`,
      addEndpoint,
    )
    .option('--namespace <namespace>', 'every Application of this Namespace, or bound to it')
    .option('--all', 'every Application', false)
    .option('--plan', 'print the plan and change nothing; exit 1 when it is blocked', false)
    .option('--force', 'switch although events would be lost', false)
    .option(
      '--wait <seconds>',
      'for what is pending, for the adapters, and for the drain',
      parseSeconds,
      30,
    )
    .option('--bus <broker>', 'NAMESPACE/NAME of the bus', 'kyma-system/event-bus')
    .option('--data <dir>', 'folder of the local mesh', '.jetmesh')
    .option('--kubeconfig <file>', 'of a cluster, instead of the local mesh')
    .option('--nats-url <url>', 'of a cluster’s NATS, for --compare')
    .action((application: string | undefined, flags: SwitchFlags) =>
      run(application, flags, context),
    );
}

async function run(
  application: string | undefined,
  flags: SwitchFlags,
  context: CommandContext,
): Promise<void> {
  const { to, shadow, compare, bus } = flags;
  const given = [to !== undefined, shadow !== undefined, compare];
  if (given.filter(Boolean).length !== 1) {
    throw new CommandError('Expected one of: --to, --shadow, --compare');
  }
  const { signal } = context;
  const print = (line: string) => context.print(line);
  if (compare) {
    if (application === undefined) throw new CommandError('Expected the name of an Application');
    await withDeadLetterSource(flags, context, (mesh) =>
      compareApplication(application, bus, { ...mesh, print }),
    );
    return;
  }
  const request = requestOf(application, flags);
  await withMeshClient(flags, (client) => {
    const surroundings = { client, signal, print };
    if (shadow !== undefined) return setShadow(shadow, request, surroundings);
    return switchApplications({ ...request, to: to ?? 'mesh' }, surroundings);
  });
}

function requestOf(application: string | undefined, flags: SwitchFlags): Omit<SwitchRequest, 'to'> {
  return {
    selection: selectionOf(application, flags),
    endpoints: flags.endpoint ?? usualEndpoints,
    isPlanOnly: flags.plan,
    isForced: flags.force,
    waitMs: flags.wait * 1000,
    busBroker: flags.bus,
  };
}

function selectionOf(name: string | undefined, { namespace, all }: SwitchFlags): Selection {
  const given: Selection[] = [];
  if (name !== undefined) given.push({ kind: 'application', name });
  if (namespace !== undefined) given.push({ kind: 'namespace', namespace });
  if (all) given.push({ kind: 'all' });
  const [selection] = given;
  if (selection === undefined || given.length > 1) {
    throw new CommandError('Expected one of: the name of an Application, --namespace, --all');
  }
  return selection;
}

function addEndpoint(word: string, previous: readonly Endpoint[] = []): Endpoint[] {
  const endpoint = endpoints.find((one) => one === word);
  if (endpoint === undefined) {
    throw new InvalidArgumentError(`expected one of ${endpoints.join(', ')}`);
  }
  return [...new Set([...previous, endpoint])];
}

function parseSeconds(word: string): number {
  if (!/^\d{1,6}$/.test(word)) throw new InvalidArgumentError('expected a number of seconds');
  return Number(word);
}
