/** The `jetmesh` command from a checkout: runs packages/cli from source. Its child programs inherit the same flags. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const hooks = new URL('./typescript-hooks.mjs', import.meta.url).href;
const main = fileURLToPath(new URL('../packages/cli/src/main.ts', import.meta.url));
const flags = ['--conditions=@jetmesh/source', `--import=${hooks}`, '--enable-source-maps'];
const child = spawn(process.execPath, [...flags, main, ...process.argv.slice(2)], {
  stdio: 'inherit',
});

// The terminal sends Ctrl-C to the whole group; the child decides when all is stopped.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
}
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)));
