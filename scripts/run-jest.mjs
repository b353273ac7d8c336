/** One run of Jest with its result as counts, for scripts that sum up several. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const jest = fileURLToPath(new URL('./jest.mjs', import.meta.url));

/**
 * Runs Jest with these words; its report goes to stderr. A suite that does not load counts as a failure; what a failed
 * test left open holds up nothing.
 */
export function runJest(words, env = process.env) {
  const folder = mkdtempSync(join(tmpdir(), 'jetmesh-test-'));
  const results = join(folder, 'results.json');
  const args = [jest, '--forceExit', '--json', `--outputFile=${results}`, ...words];
  const stdio = ['ignore', 'ignore', 'inherit'];
  const { status } = spawnSync(process.execPath, args, { stdio, env });
  const counts = countsOf(results);
  rmSync(folder, { recursive: true, force: true });
  return { status: status ?? 1, ...counts };
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

/** The line that readers look for who do not know Jest's summary. */
export function closingLine(runs) {
  const sum = (count) => runs.reduce((total, run) => total + run[count], 0);
  const tail = sum('skipped') === 0 ? '' : `, ${sum('skipped')} skipped`;
  return `${sum('passed')} passed, ${sum('failed')} failed${tail}`;
}
