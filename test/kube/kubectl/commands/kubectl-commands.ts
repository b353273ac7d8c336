import { applyCommands } from './apply-commands.ts';
import { changeCommands } from './change-commands.ts';
import { createCommands } from './create-commands.ts';
import { deleteCommands } from './delete-commands.ts';
import { discoveryCommands } from './discovery-commands.ts';
import { getCommands } from './get-commands.ts';
import type { KubectlCommand } from './kubectl-command.ts';
import { waitCommands } from './wait-commands.ts';

/** The whole list, in the order in which it runs. */
export const kubectlCommands: readonly KubectlCommand[] = [
  ...discoveryCommands,
  ...createCommands,
  ...applyCommands,
  ...getCommands,
  ...changeCommands,
  ...waitCommands,
  ...deleteCommands,
];
