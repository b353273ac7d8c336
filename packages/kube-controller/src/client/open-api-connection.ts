import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ApiConnection } from './api-connection.ts';
import { openClientNodeConnection } from './client-node-connection.ts';
import { currentContext } from './kubeconfig.ts';
import { staticCredentials } from './static-credentials.ts';
import { openStaticConnection } from './static-connection.ts';

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/** By the kubeconfig file that is given, else ~/.kube/config when there is one, else the ServiceAccount of this pod. */
export async function openApiConnection(kubeconfigFile?: string): Promise<ApiConnection> {
  const file = kubeconfigFile ?? homeKubeconfig();
  return file === undefined ? openInClusterConnection() : openKubeconfigConnection(file);
}

function homeKubeconfig(): string | undefined {
  const file = join(homedir(), '.kube', 'config');
  return existsSync(file) ? file : undefined;
}

async function openKubeconfigConnection(file: string): Promise<ApiConnection> {
  const text = await readFile(file, 'utf8');
  const context = currentContext(text);
  const credentials = staticCredentials(context);
  return credentials === undefined
    ? openClientNodeConnection(text)
    : openStaticConnection(context.cluster, credentials, dirname(file));
}

function openInClusterConnection(): Promise<ApiConnection> {
  const cluster = {
    server: 'https://kubernetes.default.svc',
    'certificate-authority': 'ca.crt',
  };
  return openStaticConnection(cluster, { tokenFile: 'token' }, serviceAccount);
}
