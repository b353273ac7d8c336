/**
 * Suites on a real kube-apiserver: first those that compare the embedded API server with it, then the integration suites of
 * everything that works through the Kubernetes API. Words after it are Jest's own.
 */
import { delimiter } from 'node:path';
import { context, endTier, foundOrSkip, skippedRun } from './real-server-tier.mjs';
import { obtainKubectls, obtainKubeServers } from './real-servers.mjs';
import { runJest } from './run-jest.mjs';

const advice = 'set KUBEBUILDER_ASSETS or install Go';
const servers = foundOrSkip(obtainKubeServers(context), advice).paths;
const kubectls = foundOrSkip(obtainKubectls(context), advice).paths;
const lacksKubectl = kubectls.length === 0;
if (lacksKubectl) console.error('no kubectl: its comparison is skipped; put it on PATH');

const env = {
  ...context.env,
  TEST_ASSET_ETCD: servers.etcd,
  TEST_ASSET_KUBE_APISERVER: servers['kube-apiserver'],
  TEST_ASSET_KUBE_CONTROLLER_MANAGER: servers['kube-controller-manager'],
  TEST_ASSET_KUBECTLS: kubectls.join(delimiter),
};
const words = ['--maxWorkers=2', '--passWithNoTests', ...process.argv.slice(2)];
const inKube = [...words, '--selectProjects', 'kube'];
const onBoth = '(trigger-controller|subscription-bridge|http-source-adapter|kube-controller)/';
const inIntegration = [...words, '--selectProjects', 'integration'];
inIntegration.push('--testPathIgnorePatterns', `/test/integration/(?!${onBoth})`);

endTier(
  runJest(lacksKubectl ? [...inKube, '--testPathIgnorePatterns', '/kubectl/'] : inKube, env),
  runJest(inIntegration, { ...env, TEST_KUBE_API: 'real' }),
  ...(lacksKubectl ? [skippedRun] : []),
);
