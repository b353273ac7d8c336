import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '../../support/eventually.ts';

const hooks = new URL('../../../scripts/typescript-hooks.mjs', import.meta.url).href;
const cwd = new URL('../../..', import.meta.url);

function runProgram(body: string) {
  const code = `
    import { runProgram } from '@jetmesh/service-runtime';
    const hangs = () => { console.log('stopping'); return new Promise(() => {}); };
    await runProgram('test', async () => { console.log('started'); ${body} });`;
  const flags = ['--conditions=@jetmesh/source', `--import=${hooks}`, '--input-type=module'];
  const child = spawn(process.execPath, [...flags, '-e', code], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let output = '';
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return {
    child,
    output: () => output,
    started: once(child.stdout!, 'data'),
    exited: once(child, 'exit').then(([exitCode]) => exitCode as number),
  };
}

const keepsRunning = 'setInterval(() => undefined, 1000);';

describe('a program', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('stops in order and exits 0 on %s', async (signal) => {
    const program = runProgram(
      `${keepsRunning} return { async stop() { console.log('stopped'); } };`,
    );
    await program.started;
    program.child.kill(signal);
    expect(await program.exited).toBe(0);
    expect(program.output()).toContain('stopped');
  });

  it('exits at once on a second signal of one kind', async () => {
    const program = runProgram(`${keepsRunning} return { stop: hangs };`);
    await program.started;
    program.child.kill('SIGINT');
    await eventually(() => program.output().includes('stopping'));
    program.child.kill('SIGINT');
    expect(await program.exited).toBe(1);
  });

  it('takes the Ctrl-C of a terminal and the SIGTERM of its supervisor for one wish', async () => {
    const program = runProgram(
      `${keepsRunning} return { async stop() {
         console.log('stopping');
         await new Promise((resolve) => setTimeout(resolve, 300));
         console.log('stopped');
       } };`,
    );
    await program.started;
    program.child.kill('SIGINT');
    await eventually(() => program.output().includes('stopping'));
    program.child.kill('SIGTERM');
    expect(await program.exited).toBe(0);
    expect(program.output()).toContain('stopped');
  });

  it('stops when its supervisor is gone', async () => {
    const program = runProgram(`${keepsRunning} return { async stop() { console.log('bye'); } };`);
    await program.started;
    program.child.disconnect();
    expect(await program.exited).toBe(0);
    expect(program.output()).toContain('bye');
  });

  it('can be stopped while its start waits for what does not come', async () => {
    const program = runProgram(`${keepsRunning} await new Promise(() => {});`);
    await program.started;
    program.child.kill('SIGTERM');
    expect(await program.exited).toBe(0);
  });

  it.each([
    ['its start fails', "throw new Error('cannot')", 'Start failed'],
    [
      'it cannot go on',
      "return { stop: async () => {}, failed: Promise.resolve(new Error('gone')) };",
      'Cannot go on',
    ],
    [
      'nobody catches an error',
      "setTimeout(() => { throw new Error('oops'); }); return { stop: async () => {} };",
      'Uncaught exception',
    ],
    [
      'much breaks at once',
      "setTimeout(() => { void Promise.reject(new Error('b')); throw new Error('a'); }); return { stop: async () => {} };",
      'Uncaught exception',
    ],
    [
      'nobody catches a rejection',
      "void Promise.reject(new Error('oops')); return { stop: async () => {} };",
      'Unhandled rejection',
    ],
  ])('says so in one line and exits 1 when %s', async (_case, body, message) => {
    const program = runProgram(body);
    expect(await program.exited).toBe(1);
    const lines = program.output().trim().split('\n').slice(1);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'error', component: 'test', message });
  });
});
