/**
 * The tier that runs one suite on the embedded API server and on a real kube-apiserver. Words after it are Jest's own.
 * A machine that cannot have the real servers skips it, visibly; with CI=true that is a failure.
 */
import { delimiter } from 'node:path';
import { obtainKubectls, obtainKubeServers } from './real-servers.mjs';
import { closingLine, runJest } from './run-jest.mjs';

const { env } = process;
const isCi = env.CI === 'true';
const skipped = { status: isCi ? 1 : 0, passed: 0, failed: 0, skipped: 1 };

function finish(...runs) {
  console.log(closingLine(runs));
  process.exit(runs.find(({ status }) => status !== 0)?.status ?? 0);
}

/** What was looked for, or the end of the run with one line that says why not. */
function pathsOf(lookup) {
  if (lookup.kind === 'found') return lookup.paths;
  if (lookup.kind === 'missing') {
    console.error(`no ${lookup.name}: set KUBEBUILDER_ASSETS or install Go`);
    return finish(skipped);
  }
  console.error(`Go could not build ${lookup.name}.`);
  return finish({ ...skipped, status: 1 });
}

const context = { env, announce: (sentence) => console.error(sentence) };
const servers = pathsOf(obtainKubeServers(context));
const kubectls = pathsOf(obtainKubectls(context));
const lacksKubectl = kubectls.length === 0;
if (lacksKubectl) console.error('no kubectl: its comparison is skipped; put it on PATH');

const words = ['--selectProjects', 'kube', '--maxWorkers=2', ...process.argv.slice(2)];
const run = runJest(lacksKubectl ? [...words, '--testPathIgnorePatterns', '/kubectl/'] : words, {
  ...env,
  TEST_ASSET_ETCD: servers.etcd,
  TEST_ASSET_KUBE_APISERVER: servers['kube-apiserver'],
  TEST_ASSET_KUBE_CONTROLLER_MANAGER: servers['kube-controller-manager'],
  TEST_ASSET_KUBECTLS: kubectls.join(delimiter),
});
finish(run, ...(lacksKubectl ? [skipped] : []));
