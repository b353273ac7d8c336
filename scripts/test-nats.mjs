/** The data-plane suites on the newest nats-server, beside the one that the machine has. Words after it are Jest's own. */
import { delimiter, dirname } from 'node:path';
import { context, endTier, foundOrSkip } from './real-server-tier.mjs';
import { obtainNewestNatsServer } from './real-servers.mjs';
import { runJest } from './run-jest.mjs';

const { path } = foundOrSkip(obtainNewestNatsServer(context), 'install Go');
const env = {
  ...context.env,
  NATS_SERVER_BINARY: path,
  // `jetmesh up` takes the first that it finds.
  PATH: `${dirname(path)}${delimiter}${context.env.PATH}`,
};
const words = ['--passWithNoTests', ...process.argv.slice(2)];
const tiers = ['integration', 'conformance', 'conformance-shared'];
const suites = ['--maxWorkers=2', ...words, '--selectProjects', ...tiers];
const others = '/test/integration/(?!(jetstream|broker)/)';
const faultSuites = 'faults|broker-faults|network-faults|shared-consumer';
const faults = ['--runInBand', ...words, '--selectProjects', 'e2e'];

endTier(
  runJest([...suites, '--testPathIgnorePatterns', others], env),
  runJest([...faults, '--testPathIgnorePatterns', `/test/e2e/(?!(${faultSuites})\\.)`], env),
);
