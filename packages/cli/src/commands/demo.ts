import type { Command } from 'commander';
import { loadKubeClient } from '@jetmesh/kube-controller';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CommandError, type CommandContext } from '../command-context.ts';
import type { DeliveryCheck } from '../demo/check-deliveries.ts';
import { startDemoSubscriber } from '../demo/demo-subscriber.ts';
import { Demo } from '../demo/demo.ts';
import { nextSteps } from '../demo/next-steps.ts';
import { startLocalMesh, type LocalMesh } from '../local-mesh/local-mesh.ts';
import {
  addLocalMeshOptions,
  resolveLocalMeshOptions,
  type LocalMeshFlags,
} from './local-mesh-options.ts';

const examples = fileURLToPath(new URL('../../../../examples/quickstart', import.meta.url));

interface DemoFlags extends LocalMeshFlags {
  readonly once: boolean;
}

export function addDemoCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('demo')
    .description('start a local mesh and show events arriving on the bus and on the mesh')
    .option(
      '--once',
      'end after the summary; exit 0 only if every expected delivery came and no other',
      false,
    );
  addLocalMeshOptions(command).action(async (flags: DemoFlags) => {
    context.print('Starting a local mesh …');
    const mesh = await startLocalMesh(resolveLocalMeshOptions(flags, context));
    try {
      await showDemo(mesh, flags.once, context);
    } finally {
      context.print('Stopping …');
      await mesh.stop();
    }
  });
}

async function showDemo(mesh: LocalMesh, isOnce: boolean, context: CommandContext): Promise<void> {
  const client = await loadKubeClient({ kubeconfig: mesh.folder.kubeconfig });
  const subscriber = await startDemoSubscriber((delivery) => demo.onDelivery(delivery));
  const demo = new Demo({
    client,
    examples,
    adapter: mesh.endpoints.adapter,
    subscriberPort: subscriber.port,
    signal: context.signal,
    print: (line) => context.print(line),
  });
  try {
    const check = await demo.run();
    context.print(summaryOf(demo, check));
    if (isOnce) {
      failUnlessAllCame(check);
      return;
    }
    context.print(nextSteps(mesh.endpoints, mesh.folder.kubeconfig));
    if (!context.signal.aborted) await once(context.signal, 'abort');
  } finally {
    await subscriber.close();
    await client.close();
  }
}

function summaryOf(demo: Demo, { missing, surplus }: DeliveryCheck): string {
  const verdict = missing.length + surplus.length === 0 ? 'each exactly once' : 'NOT as expected';
  return (
    `${demo.sentCount} events sent, ${demo.receivedCount} deliveries: ${verdict}` +
    ` (${missing.length} missing, ${surplus.length} not expected)`
  );
}

function failUnlessAllCame({ missing, surplus }: DeliveryCheck): void {
  if (missing.length + surplus.length === 0) return;
  const names = (list: DeliveryCheck['missing']) =>
    list.map(({ id, subscriber }) => `${id} at ${subscriber}`).join(', ') || 'none';
  throw new CommandError(`Missing: ${names(missing)}. Not expected: ${names(surplus)}.`);
}
