import type { KubeApiAccess } from '../support/kube-api-under-test.ts';
import type { KubectlCommand } from './commands/kubectl-command.ts';
import { normalised } from './normalised.ts';
import { Kubectl, type KubectlOutcome } from './run-kubectl.ts';

/** Runs the list with one kubectl on one server; outcomes by line. */
export async function runCommands(
  binary: string,
  access: KubeApiAccess,
  commands: readonly KubectlCommand[],
): Promise<ReadonlyMap<string, KubectlOutcome>> {
  const kubectl = await Kubectl.create(binary, access);
  const outcomes = new Map<string, KubectlOutcome>();
  for (const { line, stdin, until, meanwhile } of commands) {
    const outcome = await kubectl.run({
      line,
      ...(stdin === undefined ? {} : { stdin }),
      ...(until === undefined ? {} : { until }),
      ...(meanwhile === undefined ? {} : { meanwhile: () => kubectl.run({ line: meanwhile }) }),
    });
    outcomes.set(line, normalised(outcome));
  }
  await kubectl.close();
  return outcomes;
}
