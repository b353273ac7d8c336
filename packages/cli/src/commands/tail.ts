import { triggerKind, type Trigger } from '@jetmesh/eventing-api';
import type { KubeClient } from '@jetmesh/kube-controller';
import type { Command } from 'commander';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { withLocalClient } from '../client/local-client.ts';
import { startTailListener } from '../client/tail-listener.ts';
import { CommandError, type CommandContext } from '../command-context.ts';

export function addTailCommand(program: Command, context: CommandContext): void {
  program
    .command('tail <broker>')
    .description('print the events of a Broker (NAMESPACE/NAME) as its subscribers get them')
    .option('--data <dir>', 'folder of the local mesh', '.jetmesh')
    .action(async (broker: string, { data }: { data: string }) => {
      const [namespace, name] = broker.split('/');
      if (namespace === undefined || name === undefined) {
        throw new CommandError(`broker: expected NAMESPACE/NAME, got "${broker}"`);
      }
      await withLocalClient(data, (client) => tail(client, { namespace, name }, context));
    });
}

/** Subscribes with a Trigger of its own for as long as the command runs. */
async function tail(
  client: KubeClient,
  broker: { namespace: string; name: string },
  context: CommandContext,
): Promise<void> {
  const listener = await startTailListener((line) => context.print(line));
  const trigger: Trigger = {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: `tail-${randomBytes(4).toString('hex')}`, namespace: broker.namespace },
    spec: { broker: broker.name, subscriber: { uri: listener.url } },
  };
  await client.create(triggerKind, trigger);
  try {
    if (!context.signal.aborted) await once(context.signal, 'abort');
  } finally {
    await client.delete(triggerKind, `${broker.namespace}/${trigger.metadata.name}`);
    await listener.close();
  }
}
