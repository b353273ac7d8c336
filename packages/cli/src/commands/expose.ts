import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { exposeService } from '../client/expose-service.ts';
import { withLocalClient } from '../client/local-client.ts';
import type { CommandContext } from '../command-context.ts';

interface ExposeFlags {
  readonly namespace: string;
  readonly port: number;
  readonly data: string;
}

export function addExposeCommand(program: Command, context: CommandContext): void {
  program
    .command('expose <name>')
    .description('write a Service whose port 80 is a process on this machine')
    .requiredOption('--port <port>', 'port that the process listens on', parseProcessPort)
    .option('--namespace <namespace>', 'Namespace of the Service', 'default')
    .option('--data <dir>', 'folder of the local mesh', '.jetmesh')
    .action(async (name: string, { namespace, port, data }: ExposeFlags) => {
      await withLocalClient(data, (client) => exposeService(client, { name, namespace, port }));
      context.print(`http://${name}.${namespace}.svc.cluster.local is 127.0.0.1:${port}`);
    });
}

function parseProcessPort(word: string): number {
  const port = Number(word);
  if (!/^\d+$/.test(word) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError('expected 1 to 65535');
  }
  return port;
}
