import { randomUUID } from 'node:crypto';
import { loadKubeClient } from '@jetmesh/kube-controller';
import { kubeconfigFor } from '@jetmesh/kube-api-server';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyBaseResources } from './base-resources.ts';
import { dataFolderAt, prepareDataFolder, type DataFolder } from './data-folder.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { endLeftoverNatsServer, localNatsServer } from './local-nats-server.ts';
import { chooseLocalPorts, programNames, type Door, type LocalPorts } from './local-ports.ts';
import {
  programMains,
  programSpecification,
  type LocalSurroundings,
} from './program-specifications.ts';
import { SupervisedProcess, type ProcessSpecification } from './supervised-process.ts';
import { untilListening } from './until-listening.ts';
import { untilReady, type Patience } from './until-ready.ts';

export interface LocalMeshOptions {
  readonly data: string;
  readonly clean: boolean;
  readonly ports: Readonly<Record<Door, number>>;
  /** A NATS that already runs, else the binary of the one to start. */
  readonly nats: { readonly url: string } | { readonly binary: string };
  /** The kubeconfig of a cluster that already runs, else undefined for the embedded API. */
  readonly kubeconfig: string | undefined;
  /** A file or folder that the embedded API follows. */
  readonly manifests: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly announce: (sentence: string) => void;
  /** Gives the start up; what has been started is stopped. */
  readonly signal: AbortSignal;
}

/** Base URLs, as `endpoints.json` has them. */
export interface Endpoints {
  readonly adapter: string;
  readonly ingress: string;
  readonly kubernetes: string;
  readonly nats: string;
}

export interface LocalMesh {
  readonly folder: DataFolder;
  readonly endpoints: Endpoints;
  readonly stop: () => Promise<void>;
}

const readyTimeoutMs = 60_000;

/** Starts nats-server, the embedded Kubernetes API and every program, and returns when all are ready. */
export async function startLocalMesh(options: LocalMeshOptions): Promise<LocalMesh> {
  const folder = dataFolderAt(options.data);
  prepareDataFolder(folder, false);
  const unlock = lockDataFolder(folder.lock);
  endLeftoverNatsServer(folder);
  prepareDataFolder(folder, options.clean);
  const ports = await chooseLocalPorts(options.ports, options.announce);
  const processes: SupervisedProcess[] = [];
  const stop = async () => {
    await stopAll(processes);
    unlock();
  };
  try {
    const endpoints = await startAll(options, folder, ports, processes);
    writeFileSync(folder.endpoints, `${JSON.stringify(endpoints, null, 2)}\n`);
    return { folder, endpoints, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(
  options: LocalMeshOptions,
  folder: DataFolder,
  ports: LocalPorts,
  processes: SupervisedProcess[],
): Promise<Endpoints> {
  const launch = (specification: ProcessSpecification) => {
    const process = new SupervisedProcess(specification, (name, exit) =>
      options.announce(
        `${name} ended (${exit}); starting it again, its log is ${specification.logFile}`,
      ),
    );
    processes.push(process);
    process.start();
  };

  const patience = patienceOf(options);
  const natsUrl = await startNats(options, folder, ports, launch);
  const surroundings = surroundingsOf(options, folder, ports, natsUrl);
  const kubernetes = startKubernetes(options, surroundings, launch);
  for (const name of programNames) {
    launch(programSpecification(name, mainOf(name), surroundings));
  }
  await establish(kubernetes, folder, patience);
  await Promise.all(
    programNames.map((name) =>
      untilReady(name, `http://127.0.0.1:${ports.admin[name]}/readyz`, patience),
    ),
  );
  return {
    adapter: `http://127.0.0.1:${ports.doors.adapter}`,
    ingress: `http://127.0.0.1:${ports.doors.ingress}`,
    kubernetes: kubernetes ?? 'see kubeconfig',
    nats: natsUrl,
  };
}

function patienceOf({ signal }: LocalMeshOptions): Patience {
  return { timeoutMs: readyTimeoutMs, signal };
}

type Launch = (specification: ProcessSpecification) => void;

async function startNats(
  options: LocalMeshOptions,
  folder: DataFolder,
  ports: LocalPorts,
  launch: Launch,
): Promise<string> {
  if ('url' in options.nats) return options.nats.url;
  launch(localNatsServer(options.nats.binary, folder, ports.doors.nats));
  await untilListening('nats-server', ports.doors.nats, patienceOf(options));
  return `nats://127.0.0.1:${ports.doors.nats}`;
}

/** Starts the embedded API and returns its URL; with a cluster of the user's, copies its kubeconfig and returns undefined. */
function startKubernetes(
  options: LocalMeshOptions,
  surroundings: LocalSurroundings,
  launch: Launch,
): string | undefined {
  const { folder, ports, natsUrl, node, environment } = surroundings;
  if (options.kubeconfig !== undefined) {
    copyFileSync(options.kubeconfig, folder.kubeconfig);
    return undefined;
  }
  const url = `http://127.0.0.1:${ports.doors.kubernetes}`;
  writeFileSync(folder.kubeconfig, kubeconfigFor({ url }));
  launch({
    name: 'kubernetes',
    command: node.command,
    args: [...node.flags, besideThisFile('../kubernetes/main')],
    env: {
      ...environment,
      NATS_SERVERS: natsUrl,
      HTTP_PORT: String(ports.doors.kubernetes),
      ...(options.manifests === undefined ? {} : { MANIFESTS: resolve(options.manifests) }),
    },
    logFile: join(folder.logs, 'kubernetes.log'),
    pidFile: join(folder.pids, 'kubernetes'),
  });
  return url;
}

async function establish(
  kubernetes: string | undefined,
  folder: DataFolder,
  patience: Patience,
): Promise<void> {
  if (kubernetes !== undefined) {
    await untilReady('kubernetes', `${kubernetes}/readyz`, patience);
  }
  const client = await loadKubeClient({ kubeconfig: folder.kubeconfig });
  try {
    await applyBaseResources(client);
  } finally {
    await client.close();
  }
}

function surroundingsOf(
  options: LocalMeshOptions,
  folder: DataFolder,
  ports: LocalPorts,
  natsUrl: string,
): LocalSurroundings {
  return {
    folder,
    ports,
    natsUrl,
    kubeconfig: folder.kubeconfig,
    node: { command: process.execPath, flags: process.execArgv },
    environment: options.environment,
    shadowToken: randomUUID(),
  };
}

function mainOf(name: keyof typeof programMains): string {
  const { package: packageName, main } = programMains[name];
  return siblingOf(import.meta.resolve(packageName), main);
}

function besideThisFile(path: string): string {
  return siblingOf(import.meta.url, path);
}

/** A file near `url` with the same ending: `.ts` when run from source, `.js` from a build. */
function siblingOf(url: string, path: string): string {
  const ending = url.slice(url.lastIndexOf('.'));
  return fileURLToPath(new URL(path + ending, url));
}

/** Programs first, so that they drain; the servers that they need last. */
async function stopAll(processes: readonly SupervisedProcess[]): Promise<void> {
  const isServer = ({ specification }: SupervisedProcess) =>
    ['nats-server', 'kubernetes'].includes(specification.name);
  await Promise.all(processes.filter((one) => !isServer(one)).map((one) => one.stop()));
  for (const server of processes.filter(isServer).reverse()) await server.stop();
}
