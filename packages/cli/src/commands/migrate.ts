import { InvalidArgumentError, type Command } from 'commander';
import { withMeshClient } from '../client/mesh-client.ts';
import type { CommandContext } from '../command-context.ts';
import { applyMigration, planMigration } from '../migrate/apply-migration.ts';
import type { MigrationRequest, MigrationSurroundings } from '../migrate/migration-request.ts';
import { rollbackMigration } from '../migrate/rollback-migration.ts';

interface MigrateFlags {
  readonly namespace: string;
  readonly wait: number;
  readonly bus: string;
  readonly data: string;
  readonly kubeconfig?: string;
}

type Action = (request: MigrationRequest, surroundings: MigrationSurroundings) => Promise<void>;

export function addMigrateCommand(program: Command, context: CommandContext): void {
  const migrate = program
    .command('migrate')
    .description('turn the Kyma Subscriptions of a Namespace into Triggers for good, or back');
  const add = (name: string, description: string, action: Action) =>
    migrate
      .command(name)
      .description(description)
      .requiredOption('--namespace <namespace>', 'whose Subscriptions')
      .option('--wait <seconds>', 'for what is pending, and for each drain', parseSeconds, 60)
      .option('--bus <broker>', 'NAMESPACE/NAME of the bus', 'kyma-system/event-bus')
      .option('--data <dir>', 'folder of the local mesh', '.jetmesh')
      .option('--kubeconfig <file>', 'of a cluster, instead of the local mesh')
      .action((flags: MigrateFlags) => run(flags, action, context));
  add('plan', 'print what would be done; exit 1 when something is in the way', planMigration);
  add('apply', 'do it: Triggers stay, drained Subscriptions go, a backup is kept', applyMigration);
  add('rollback', 'make the Subscriptions of the backup again', rollbackMigration);
}

async function run(flags: MigrateFlags, action: Action, context: CommandContext): Promise<void> {
  const { namespace, wait, bus: busBroker } = flags;
  const request = { namespace, waitMs: wait * 1000, busBroker };
  const { signal } = context;
  const print = (line: string) => context.print(line);
  await withMeshClient(flags, (client) => action(request, { client, signal, print }));
}

function parseSeconds(word: string): number {
  if (!/^\d{1,6}$/.test(word)) throw new InvalidArgumentError('expected a number of seconds');
  return Number(word);
}
