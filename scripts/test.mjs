/**
 * All tests: first what can run side by side, then the end-to-end tier alone, which kills and times processes.
 * Ends with `N passed, N failed` on a line of its own, for readers that do not know Jest's summary.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const jest = fileURLToPath(new URL('./jest.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'jetmesh-test-'));

function run(name, ...words) {
  const results = join(folder, `${name}.json`);
  const args = [jest, '--json', `--outputFile=${results}`, ...words];
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return { status: status ?? 1, ...countsOf(results) };
}

function countsOf(results) {
  try {
    const counts = JSON.parse(readFileSync(results, 'utf8'));
    return {
      passed: counts.numPassedTests,
      failed: counts.numFailedTests + counts.numRuntimeErrorTestSuites,
      skipped: counts.numPendingTests + counts.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const tiers = ['unit', 'architecture', 'integration', 'conformance'];
const runs = [
  run('parallel', '--maxWorkers=2', '--selectProjects', ...tiers),
  run('serial', '--runInBand', '--passWithNoTests', '--selectProjects', 'e2e'),
];
rmSync(folder, { recursive: true, force: true });

const sum = (count) => runs.reduce((total, one) => total + one[count], 0);
const tail = sum('skipped') === 0 ? '' : `, ${sum('skipped')} skipped`;
console.log(`${sum('passed')} passed, ${sum('failed')} failed${tail}`);
process.exit(runs.find(({ status }) => status !== 0)?.status ?? 0);
