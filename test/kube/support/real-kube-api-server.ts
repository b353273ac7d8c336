import { kubeconfigFor } from '@jetmesh/kube-api-server';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { freePort } from '../../support/free-port.ts';
import type {
  KubeApiAccess,
  KubeApiStartOptions,
  KubeApiUnderTest,
} from './kube-api-under-test.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';

/**
 * A real kube-apiserver with RBAC over an etcd of its own, and beside it the controllers without which nothing is collected:
 * Namespaces, garbage, ServiceAccounts, aggregated ClusterRoles. On loopback, with all its files in a temporary folder. Kinds are best installed by
 * `prepare`: a garbage collector that runs looks for new ones only every 30 s.
 */
export async function startRealKubeApiServer(
  options: KubeApiStartOptions = {},
): Promise<KubeApiUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'jetmesh-kube-'));
  const processes: ServerProcess[] = [];
  const stop = async () => {
    for (const process of processes.reverse()) await process.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const etcdUrl = await startEtcd(folder, processes);
    const { access, killAndRestart } = await startApiServer(folder, etcdUrl, processes);
    await options.prepare?.(access);
    await startControllers(folder, access, processes);
    return { ...access, killAndRestart, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startEtcd(folder: string, processes: ServerProcess[]): Promise<string> {
  const [clientUrl, peerUrl] = [await loopbackUrl(), await loopbackUrl()];
  const etcd = startServerProcess({
    binary: binaryOf('ETCD'),
    logFile: join(folder, 'etcd.log'),
    flags: {
      'data-dir': join(folder, 'etcd'),
      'listen-client-urls': clientUrl,
      'advertise-client-urls': clientUrl,
      'listen-peer-urls': peerUrl,
      'initial-advertise-peer-urls': peerUrl,
      'initial-cluster': `default=${peerUrl}`,
      'unsafe-no-fsync': 'true',
    },
  });
  processes.push(etcd);
  await etcd.until(async () => (await statusOf(`${clientUrl}/health`)) === 200);
  return clientUrl;
}

async function startApiServer(
  folder: string,
  etcdUrl: string,
  processes: ServerProcess[],
): Promise<{ access: KubeApiAccess; killAndRestart: () => Promise<void> }> {
  const port = await freePort();
  const token = randomUUID();
  const [privateKeyFile, publicKeyFile, tokenFile] = ['sa.key', 'sa.pub', 'tokens.csv'].map(
    (name) => join(folder, name),
  ) as [string, string, string];
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(privateKeyFile, privateKey.export({ type: 'sec1', format: 'pem' }));
  await writeFile(publicKeyFile, publicKey.export({ type: 'spki', format: 'pem' }));
  await writeFile(tokenFile, `${token},admin,admin,system:masters\n`);

  const certificates = join(folder, 'certificates');
  const program = {
    binary: binaryOf('KUBE_APISERVER'),
    logFile: join(folder, 'kube-apiserver.log'),
    flags: {
      'etcd-servers': etcdUrl,
      'bind-address': '127.0.0.1',
      'advertise-address': '127.0.0.1',
      'secure-port': String(port),
      // Signs its own certificate here.
      'cert-dir': certificates,
      'authorization-mode': 'RBAC',
      'token-auth-file': tokenFile,
      'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
      'service-account-signing-key-file': privateKeyFile,
      'service-account-key-file': publicKeyFile,
      'service-cluster-ip-range': '10.0.0.0/24',
      // Would publish the loopback address as an endpoint, which the server itself refuses.
      'endpoint-reconciler-type': 'none',
    },
  };
  const url = `https://127.0.0.1:${port}`;
  const place = processes.length;
  const launch = async () => {
    const apiServer = startServerProcess(program);
    processes[place] = apiServer;
    await apiServer.until(async () => (await statusOf(`${url}/readyz`, token)) === 200);
  };
  await launch();
  const certificateAuthority = await readFile(join(certificates, 'apiserver.crt'), 'utf8');
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigFor({ url, bearerToken: token, certificateAuthority }));
  return {
    access: { url, token, certificateAuthority, kubeconfig },
    async killAndRestart() {
      await processes[place]?.kill();
      await launch();
    },
  };
}

async function startControllers(
  folder: string,
  access: KubeApiAccess,
  processes: ServerProcess[],
): Promise<void> {
  const port = await freePort();
  const controllers = startServerProcess({
    binary: binaryOf('KUBE_CONTROLLER_MANAGER'),
    logFile: join(folder, 'kube-controller-manager.log'),
    flags: {
      kubeconfig: access.kubeconfig,
      controllers: [
        'namespace-controller',
        'garbage-collector-controller',
        'serviceaccount-controller',
        'clusterrole-aggregation-controller',
      ].join(','),
      'leader-elect': 'false',
      'bind-address': '127.0.0.1',
      'secure-port': String(port),
      'cert-dir': join(folder, 'controller-certificates'),
      'service-account-private-key-file': join(folder, 'sa.key'),
    },
  });
  processes.push(controllers);
  await controllers.until(
    async () => (await statusOf(`https://127.0.0.1:${port}/healthz`)) === 200,
  );
}

function binaryOf(program: string): string {
  const binary = process.env[`TEST_ASSET_${program}`];
  if (binary === undefined) throw new Error('Run `npm run test:kube`, which finds the servers.');
  return binary;
}

async function loopbackUrl(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}`;
}

/** Nobody's certificate is trusted before the server is up; what is asked here is no secret but the token to itself. */
const anyCertificate = new Agent({ connect: { rejectUnauthorized: false } });

async function statusOf(url: string, token?: string): Promise<number> {
  const { statusCode, body } = await request(url, {
    dispatcher: anyCertificate,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    headersTimeout: 5000,
  });
  await body.dump();
  return statusCode;
}
