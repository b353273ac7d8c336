import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { wordsOf } from '../../kube/kubectl/words-of.ts';
import { startEmbeddedApi, type EmbeddedApi } from './embedded-api.ts';
import { findKubectl } from './kubectl/find-kubectl.ts';
import { readingCommands } from './kubectl/reading-commands.ts';
import { writingCommands } from './kubectl/writing-commands.ts';

const kubectl = findKubectl();
const commands = [...readingCommands, ...writingCommands];

describe('kubectl', () => {
  if (kubectl === undefined) {
    process.stderr.write(`no kubectl on PATH: ${commands.length} commands are skipped\n`);
    it.todo(`runs ${commands.length} commands where it is on PATH`);
    return;
  }

  let api: EmbeddedApi;

  beforeAll(async () => {
    api = await startEmbeddedApi();
  });
  afterAll(() => api.close());

  it.each(commands)('$line', async ({ line, input = '', exits = 0, prints = /^/ }) => {
    const child = spawn(kubectl, wordsOf(line), {
      env: {
        PATH: process.env.PATH,
        HOME: api.folder,
        KUBECONFIG: api.kubeconfig,
        KUBE_EDITOR: 'sed -i s/tier:.*/tier:\\ edited/',
      },
      timeout: 20_000,
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    }
    child.stdin.end(input);
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect({ exitCode, printed }).toEqual({
      exitCode: exits,
      printed: expect.stringMatching(prints),
    });
  });
});
