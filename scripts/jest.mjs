/** Jest with native ES modules, and the nats-server that its tests start; every word after it is Jest's own. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import './typescript-hooks.mjs';

const { obtainNatsServer } = await import('../packages/cli/src/nats-server/obtain-nats-server.ts');
const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));

function natsServerBinary() {
  if (process.env.NATS_SERVER_BINARY !== undefined) return process.env.NATS_SERVER_BINARY;
  const lookup = obtainNatsServer({
    path: process.env.PATH ?? '',
    isRoot: process.getuid?.() === 0,
    announce: (sentence) => console.error(sentence),
  });
  if (lookup.kind === 'found') return lookup.binary;
  console.error(lookup.advice);
  process.exit(1);
}

const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const { status } = spawnSync(process.execPath, [...flags, jest, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, NATS_SERVER_BINARY: natsServerBinary() },
});
process.exit(status ?? 1);
