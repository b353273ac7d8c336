import { join } from 'node:path';
import type { DataFolder } from './data-folder.ts';
import type { LocalPorts, ProgramName } from './local-ports.ts';
import type { ProcessSpecification } from './supervised-process.ts';

/** Where a program's `main` is, from the door of its package. */
export const programMains: Readonly<Record<ProgramName, { package: string; main: string }>> = {
  ingress: { package: '@jetmesh/broker', main: './ingress/main' },
  dispatcher: { package: '@jetmesh/broker', main: './dispatcher/main' },
  'trigger-controller': { package: '@jetmesh/trigger-controller', main: './main' },
  'subscription-bridge': { package: '@jetmesh/subscription-bridge', main: './main' },
  'http-source-adapter': { package: '@jetmesh/http-source-adapter', main: './main' },
};

export interface LocalSurroundings {
  readonly folder: DataFolder;
  readonly ports: LocalPorts;
  readonly natsUrl: string;
  readonly kubeconfig: string;
  /** Node and its flags, so that a child runs as this process does: from source or from a build. */
  readonly node: { readonly command: string; readonly flags: readonly string[] };
  /** What every child needs of the environment, such as PATH and HOME. */
  readonly environment: Readonly<Record<string, string>>;
  /** Made anew for each mesh: only its ingress and its adapter have it. */
  readonly shadowToken: string;
}

/** How one program of the mesh is started on this machine. */
export function programSpecification(
  name: ProgramName,
  mainFile: string,
  surroundings: LocalSurroundings,
): ProcessSpecification {
  const { folder, node, environment, kubeconfig, natsUrl, ports } = surroundings;
  return {
    name,
    command: node.command,
    args: [...node.flags, mainFile],
    logFile: join(folder.logs, `${name}.log`),
    pidFile: join(folder.pids, name),
    env: {
      ...environment,
      KUBECONFIG: kubeconfig,
      NATS_SERVERS: natsUrl,
      POD_NAME: `local-${name}`,
      ADMIN_HOST: '127.0.0.1',
      ADMIN_PORT: String(ports.admin[name]),
      HTTP_HOST: '127.0.0.1',
      ...ownSettings(name, surroundings),
    },
  };
}

function ownSettings(
  name: ProgramName,
  { ports, shadowToken }: LocalSurroundings,
): Record<string, string> {
  switch (name) {
    case 'ingress':
      return { HTTP_PORT: String(ports.doors.ingress), SHADOW_TOKEN: shadowToken };
    case 'dispatcher':
      return { LOCAL_SERVICES: 'true' };
    case 'trigger-controller':
      return {
        INGRESS_URL: `http://127.0.0.1:${ports.doors.ingress}`,
        DISPATCHER_PROBE_URL: `http://127.0.0.1:${ports.admin.dispatcher}/readyz`,
        BROKER_DEFAULTS_NAMESPACE: 'jetmesh-system',
        LEADER_ELECTION: 'false',
      };
    case 'subscription-bridge':
      return { LEADER_ELECTION: 'false' };
    case 'http-source-adapter':
      return { HTTP_PORT: String(ports.doors.adapter), SHADOW_TOKEN: shadowToken };
  }
}
