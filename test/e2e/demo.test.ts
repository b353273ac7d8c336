import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const jetmesh = fileURLToPath(new URL('../../scripts/jetmesh.mjs', import.meta.url));
const anyPorts = ['adapter', 'ingress', 'kubernetes', 'nats'].flatMap((door) => [
  '--port',
  `${door}=0`,
]);

describe('npm run demo -- --once', () => {
  it('shows every expected delivery exactly once and exits 0', async () => {
    const data = mkdtempSync(join(tmpdir(), 'jetmesh-demo-'));
    const startedAt = Date.now();
    const child = spawn(
      process.execPath,
      [jetmesh, 'demo', '--once', '--data', data, ...anyPorts],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let output = '';
    let firstDeliveryMs: number | undefined;
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('received')) firstDeliveryMs ??= Date.now() - startedAt;
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    rmSync(data, { recursive: true, force: true });

    process.stdout.write(`${output}first delivery after ${String(firstDeliveryMs)} ms\n`);
    expect(output).toMatch(/4 events sent, 5 deliveries: each exactly once/);
    expect(code).toBe(0);
    // The bar is 8 s on an idle machine of two cores; this is for a busy one.
    expect(firstDeliveryMs).toBeLessThan(30_000);
  }, 120_000);
});
