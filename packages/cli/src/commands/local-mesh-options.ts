import { InvalidArgumentError, Option, type Command } from 'commander';
import { CommandError, type CommandContext } from '../command-context.ts';
import type { LocalMeshOptions } from '../local-mesh/local-mesh.ts';
import { defaultPorts, doors, type Door } from '../local-mesh/local-ports.ts';
import { obtainNatsServer } from '../nats-server/obtain-nats-server.ts';

/** The flags of `jetmesh up` as given. */
export interface LocalMeshFlags {
  readonly data: string;
  readonly clean: boolean;
  readonly port: Readonly<Record<Door, number>>;
  readonly natsUrl?: string;
  readonly kubeconfig?: string;
  readonly manifests?: string;
}

export function addLocalMeshOptions(command: Command): Command {
  return command
    .option('--data <dir>', 'folder for state, logs, kubeconfig and endpoints.json', '.jetmesh')
    .option('--clean', 'start anew: forget resources and events of earlier runs', false)
    .addOption(
      new Option('--port <door=port>', `port of ${doors.join(', ')}; 0 is any free one; repeatable`)
        .default(defaultPorts, doors.map((door) => `${door}=${defaultPorts[door]}`).join(' '))
        .argParser(parsePort),
    )
    .option('--nats-url <url>', 'use a NATS with JetStream that already runs')
    .addOption(
      new Option(
        '--kubeconfig <file>',
        'use a cluster that already runs instead of the embedded API',
      ).conflicts('manifests'),
    )
    .option('--manifests <path>', 'keep the embedded API as this file or folder of manifests says');
}

/** Options resolved once: a nats-server found or installed, the environment cut to what children need. */
export function resolveLocalMeshOptions(
  flags: LocalMeshFlags,
  context: CommandContext,
): LocalMeshOptions {
  return {
    data: flags.data,
    clean: flags.clean,
    ports: flags.port,
    nats: flags.natsUrl === undefined ? { binary: natsBinary(context) } : { url: flags.natsUrl },
    kubeconfig: flags.kubeconfig,
    manifests: flags.manifests,
    environment: inherited(context.env),
    announce: (sentence) => context.print(sentence),
    signal: context.signal,
  };
}

function parsePort(words: string, previous: Readonly<Record<Door, number>>): Record<Door, number> {
  const [door, port = ''] = words.split('=');
  const number = Number(port);
  const isPort = /^\d+$/.test(port) && number <= 65_535;
  if (!isDoor(door) || !isPort) {
    throw new InvalidArgumentError(`expected one of ${doors.join(', ')}, "=" and 0 to 65535`);
  }
  return { ...previous, [door]: number };
}

function isDoor(word: string | undefined): word is Door {
  return doors.some((door) => door === word);
}

function natsBinary(context: CommandContext): string {
  const lookup = obtainNatsServer({
    path: context.env.PATH ?? '',
    isRoot: context.isRoot,
    announce: (sentence) => context.print(sentence),
  });
  if (lookup.kind === 'missing') throw new CommandError(lookup.advice);
  return lookup.binary;
}

const inheritedNames = [
  ...['PATH', 'HOME', 'TMPDIR', 'TZ', 'NODE_OPTIONS', 'LOG_LEVEL'],
  'SHARED_CONSUMER_THRESHOLD',
];

function inherited(env: CommandContext['env']): Record<string, string> {
  const pairs = inheritedNames.map((name) => [name, env[name]] as const);
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
