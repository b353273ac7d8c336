/** All tests: first what can run side by side, then the end-to-end tier alone, which kills and times processes. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const jest = fileURLToPath(new URL('./jest.mjs', import.meta.url));

function run(...words) {
  return spawnSync(process.execPath, [jest, ...words], { stdio: 'inherit' }).status ?? 1;
}

const tiers = ['unit', 'architecture', 'integration', 'conformance'];
const parallel = run('--maxWorkers=2', '--selectProjects', ...tiers);
const serial = run('--runInBand', '--selectProjects', 'e2e');
process.exit(parallel || serial);
