/** All tests: first what can run side by side, then the end-to-end tier alone, which kills and times processes. */
import { closingLine, runJest } from './run-jest.mjs';

const tiers = ['unit', 'architecture', 'integration', 'conformance', 'conformance-shared'];
const runs = [
  runJest(['--maxWorkers=2', '--selectProjects', ...tiers]),
  runJest(['--runInBand', '--selectProjects', 'e2e']),
];
console.log(closingLine(runs));
process.exit(runs.find(({ status }) => status !== 0)?.status ?? 0);
