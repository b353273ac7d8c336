/**
 * The tier that runs one suite on the embedded API server and on a real kube-apiserver. Words after it are Jest's own.
 * A machine that cannot have the real servers skips it, visibly; with CI=true that is a failure.
 */
import { findKubectl, obtainKubeServers } from './real-servers.mjs';
import { closingLine, runJest } from './run-jest.mjs';

const { env } = process;
const isCi = env.CI === 'true';
const skipped = { status: isCi ? 1 : 0, passed: 0, failed: 0, skipped: 1 };

function finish(...runs) {
  console.log(closingLine(runs));
  process.exit(runs.find(({ status }) => status !== 0)?.status ?? 0);
}

const servers = obtainKubeServers({ env, announce: (sentence) => console.error(sentence) });
if (servers.kind === 'failed') {
  console.error(`Go could not build ${servers.name}.`);
  finish({ ...skipped, status: 1 });
}
if (servers.kind === 'missing') {
  console.error(`no ${servers.name}: set KUBEBUILDER_ASSETS or install Go`);
  finish(skipped);
}

const kubectl = findKubectl({ env });
if (kubectl === undefined) console.error('no kubectl: its comparison is skipped; put it on PATH');
const words = ['--selectProjects', 'kube', '--maxWorkers=2', ...process.argv.slice(2)];
const run = runJest(
  kubectl === undefined ? [...words, '--testPathIgnorePatterns', 'kubectl'] : words,
  {
    ...env,
    TEST_ASSET_ETCD: servers.paths.etcd,
    TEST_ASSET_KUBE_APISERVER: servers.paths['kube-apiserver'],
    TEST_ASSET_KUBE_CONTROLLER_MANAGER: servers.paths['kube-controller-manager'],
    ...(kubectl === undefined ? {} : { TEST_ASSET_KUBECTL: kubectl }),
  },
);
finish(run, ...(kubectl === undefined ? [skipped] : []));
