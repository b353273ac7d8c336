import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { ApiConnection } from './api-connection.ts';
import { openClientNodeConnection } from './client-node-connection.ts';
import { currentContext } from './kubeconfig.ts';
import { staticCredentials } from './static-credentials.ts';
import { openStaticConnection } from './static-connection.ts';

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * By the kubeconfig that is given, a file or a list of files as $KUBECONFIG may be; else ~/.kube/config when there is
 * one; else the ServiceAccount of this pod.
 */
export async function openApiConnection(kubeconfig?: string): Promise<ApiConnection> {
  const given = (kubeconfig ?? '').split(delimiter).filter((file) => file !== '');
  // As kubectl: of a list, files that do not exist are left out.
  const files = given.length > 1 ? given.filter((file) => existsSync(file)) : given;
  if (files.length > 1) return openClientNodeConnection(files);
  const file = files[0] ?? homeKubeconfig();
  return file === undefined ? openInClusterConnection() : openKubeconfigConnection(file);
}

function homeKubeconfig(): string | undefined {
  const file = join(homedir(), '.kube', 'config');
  return existsSync(file) ? file : undefined;
}

async function openKubeconfigConnection(file: string): Promise<ApiConnection> {
  const { cluster, user } = currentContext(await readFile(file, 'utf8'));
  const credentials = staticCredentials({ cluster, user });
  return credentials === undefined
    ? openClientNodeConnection([file])
    : openStaticConnection({ cluster, credentials, folder: dirname(file) });
}

function openInClusterConnection(): Promise<ApiConnection> {
  return openStaticConnection({
    cluster: { server: 'https://kubernetes.default.svc', 'certificate-authority': 'ca.crt' },
    credentials: { tokenFile: 'token' },
    folder: serviceAccount,
  });
}
