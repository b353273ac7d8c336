import { afterEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SupervisedProcess } from './supervised-process.ts';

const started: SupervisedProcess[] = [];

function supervise(
  code: string,
  onRestart: (name: string, exit: string) => void = () => undefined,
) {
  const folder = mkdtempSync(join(tmpdir(), 'jetmesh-supervised-'));
  const supervised = new SupervisedProcess(
    {
      name: 'child',
      command: process.execPath,
      args: ['-e', code],
      env: {},
      logFile: join(folder, 'log'),
      pidFile: join(folder, 'pid'),
    },
    onRestart,
  );
  started.push(supervised);
  supervised.start();
  return { supervised, log: join(folder, 'log'), pid: join(folder, 'pid') };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(10);
}

afterEach(() => Promise.all(started.splice(0).map((one) => one.stop())));

describe('SupervisedProcess', () => {
  it('keeps the output in the log and the process id in its file', async () => {
    const { log, pid } = supervise("console.log('hello'); setInterval(() => 0, 1000)");
    await until(() => existsSync(log) && readFileSync(log, 'utf8') === 'hello\n');
    expect(Number(readFileSync(pid, 'utf8'))).toBeGreaterThan(0);
  });

  it('starts the process again when it ends, and says how it ended', async () => {
    const exits: string[] = [];
    supervise('process.exit(3)', (name, exit) => exits.push(`${name}: ${exit}`));
    await until(() => exits.length === 2);
    expect(exits).toEqual(['child: exit code 3', 'child: exit code 3']);
  });

  it('ends the process, and does not start it again, on stop', async () => {
    const exits: string[] = [];
    const { supervised, pid } = supervise('setInterval(() => 0, 1000)', () => exits.push('exit'));
    await until(() => existsSync(pid));
    await supervised.stop();
    expect(existsSync(pid)).toBe(false);
    expect(exits).toEqual([]);
  });
});
