import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { installDefinitions } from '../support/install-definitions.ts';
import { startEmbeddedKubeApiServer } from '../support/embedded-kube-api-server.ts';
import type { KubeApiUnderTest } from '../support/kube-api-under-test.ts';
import { startRealKubeApiServer } from '../support/real-kube-api-server.ts';
import { kubectlCommands } from './commands/kubectl-commands.ts';
import { kubectls } from './kubectls.ts';
import { knownDifferences } from './known-differences.ts';
import { runCommands } from './run-commands.ts';
import type { KubectlOutcome } from './run-kubectl.ts';

type Outcomes = ReadonlyMap<string, KubectlOutcome>;

describe.each(kubectls())(
  'kubectl $version, on the embedded server as on a real one',
  ({ binary, minor }) => {
    const commands = kubectlCommands.filter(({ sinceMinor = 0 }) => sinceMinor <= minor);
    const servers: KubeApiUnderTest[] = [];
    let real: Outcomes;
    let embedded: Outcomes;

    beforeAll(async () => {
      const run = async (start: typeof startRealKubeApiServer) => {
        const server = await start({ prepare: installDefinitions });
        servers.push(server);
        return runCommands(binary, server, commands);
      };
      [real, embedded] = await Promise.all([
        run(startRealKubeApiServer),
        run(startEmbeddedKubeApiServer),
      ]);
    }, 300_000);

    afterAll(async () => {
      for (const server of servers) await server.stop();
    });

    it('has a list without repetitions, and only differences that are in it', () => {
      const lines = kubectlCommands.map(({ line }) => line);
      expect(new Set(lines).size).toBe(lines.length);
      for (const { line } of knownDifferences) expect(lines).toContain(line);
    });

    it.each(commands.filter(({ isTidying }) => isTidying !== true))('$line', (command) => {
      const { line } = command;
      const expected = real.get(line);
      const actual = embedded.get(line);
      const wanted = 'exitCode' in command ? command.exitCode : 0;
      expect({ line, exitCode: expected?.exitCode }).toEqual({ line, exitCode: wanted });

      const difference = knownDifferences.find((known) => known.line === line);
      if (difference === undefined) {
        expect(actual).toEqual(expected);
        return;
      }
      expect(actual).not.toEqual(expected);
      if (difference.differing === undefined) return;
      expect(without(difference.differing, actual)).toEqual(
        without(difference.differing, expected),
      );
    });
  },
);

function without(pattern: RegExp, outcome: KubectlOutcome | undefined): object {
  return {
    exitCode: outcome?.exitCode,
    stdout: outcome?.stdout.replace(pattern, ''),
    stderr: outcome?.stderr.replace(pattern, ''),
  };
}
