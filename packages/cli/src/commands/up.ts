import type { Command } from 'commander';
import { once } from 'node:events';
import type { CommandContext } from '../command-context.ts';
import { startLocalMesh } from '../local-mesh/local-mesh.ts';
import {
  addLocalMeshOptions,
  resolveLocalMeshOptions,
  type LocalMeshFlags,
} from './local-mesh-options.ts';

export function addUpCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('up')
    .description('start a local mesh: nats-server, a Kubernetes API and every program');
  addLocalMeshOptions(command).action(async (flags: LocalMeshFlags) => {
    const mesh = await startLocalMesh(resolveLocalMeshOptions(flags, context));
    const { adapter, ingress, kubernetes, nats } = mesh.endpoints;
    context.print(`adapter     ${adapter}`);
    context.print(`ingress     ${ingress}/NAMESPACE/BROKER`);
    context.print(`kubernetes  ${kubernetes}  (export KUBECONFIG=${mesh.folder.kubeconfig})`);
    context.print(`nats        ${nats}`);
    context.print('Ready. Ctrl-C stops everything.');
    if (!context.signal.aborted) await once(context.signal, 'abort');
    context.print('Stopping …');
    await mesh.stop();
  });
}
