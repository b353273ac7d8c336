/**
 * Real servers for tests: those that KUBEBUILDER_ASSETS names, else those of a cache folder outside the checkout, which Go
 * fills once from modules. A look-up ends as `found`, `missing` (there is neither) or `failed` (Go could not build it).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kubernetes = wrapperModule('kubernetes', 'k8s.io/kubernetes');
const etcd = wrapperModule('etcd', 'go.etcd.io/etcd/server/v3');
const natsServerVersion = '2.15.2';

/** Without these the server calls itself v0.0.0-master, which kubectl refuses. */
const [major, minor] = kubernetes.version.split('.');
const versionFlags = Object.entries({
  gitVersion: `v${kubernetes.version}`,
  gitMajor: major,
  gitMinor: minor,
})
  .map(([field, value]) => `-X k8s.io/component-base/version.${field}=${value}`)
  .join(' ');

const kubeServers = [
  kubernetesProgram('kube-apiserver', 8),
  kubernetesProgram('kube-controller-manager', 3),
  { name: 'etcd', ...etcd, words: ['build', 'go.etcd.io/etcd/server/v3'], duration: '' },
];

const newestNatsServer = {
  name: 'nats-server',
  version: natsServerVersion,
  words: ['install', `github.com/nats-io/nats-server/v2@v${natsServerVersion}`],
  duration: '',
};

/** `{ kind: 'found', paths }` has the path of etcd, kube-apiserver and kube-controller-manager by name. */
export function obtainKubeServers(context) {
  const paths = {};
  for (const program of kubeServers) {
    const lookup = obtain(program, context, context.env.KUBEBUILDER_ASSETS);
    if (lookup.kind !== 'found') return lookup;
    paths[program.name] = lookup.path;
  }
  return { kind: 'found', paths };
}

/** The newest nats-server that data-plane suites run on, beside the one of the machine: `{ kind: 'found', path }`. */
export function obtainNewestNatsServer(context) {
  return obtain(newestNatsServer, context);
}

/**
 * The kubectl of the servers' version and the one on PATH, which is what users have: none, one or both. `failed` as above.
 */
export function obtainKubectls(context) {
  const { env } = context;
  const lookup = obtain(kubernetesProgram('kubectl', 1), context, env.KUBEBUILDER_ASSETS);
  if (lookup.kind === 'failed') return lookup;
  const onPath = firstExisting('kubectl', pathFolders(env));
  return { kind: 'found', paths: [lookup.path, onPath].filter((path) => path !== undefined) };
}

function obtain(program, { env, announce }, givenFolder) {
  const { name, version, duration } = program;
  const folder = cacheFolder(program, env);
  const path = firstExisting(name, [givenFolder, folder]);
  if (path !== undefined) return { kind: 'found', path };
  const go = firstExisting('go', pathFolders(env));
  if (go === undefined) return { kind: 'missing', name };

  announce(`Building ${name} ${version} with Go into ${folder} (once${duration}) …`);
  return build(program, { go, env, folder });
}

function kubernetesProgram(name, minutes) {
  return {
    name,
    ...kubernetes,
    words: ['build', '-ldflags', versionFlags, `k8s.io/kubernetes/cmd/${name}`],
    duration: `, about ${minutes} min`,
  };
}

/** Built beside its place and renamed, so that what is in the cache is always whole. */
function build({ name, module, words }, { go, env, folder }) {
  mkdirSync(folder, { recursive: true });
  const unfinished = mkdtempSync(join(folder, 'building-'));
  const [verb, ...rest] = words;
  const target = verb === 'build' ? ['-o', join(unfinished, name)] : [];
  const { status } = spawnSync(go, [verb, ...target, ...rest], {
    cwd: module ?? unfinished,
    env: { ...env, GOBIN: unfinished, GOWORK: 'off' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const path = join(folder, name);
  if (status === 0) renameSync(join(unfinished, name), path);
  rmSync(unfinished, { recursive: true, force: true });
  return status === 0 ? { kind: 'found', path } : { kind: 'failed', name };
}

function cacheFolder({ name, version }, env) {
  const caches = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(caches, 'jetmesh', `${name}-${version}-${process.platform}-${process.arch}`);
}

function pathFolders({ PATH = '' }) {
  return PATH.split(delimiter);
}

function firstExisting(name, folders) {
  return folders
    .filter((folder) => folder !== undefined && folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** A go.mod of ours under test/kube/go, and the version of the package that it is made for. */
function wrapperModule(name, requiredPackage) {
  const module = fileURLToPath(new URL(`../test/kube/go/${name}`, import.meta.url));
  const requirement = new RegExp(`^require ${requiredPackage} v(\\S+)$`, 'm');
  const [, version] = requirement.exec(readFileSync(join(module, 'go.mod'), 'utf8'));
  return { module, version };
}
