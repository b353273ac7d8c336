import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { namespaceKind } from '@jetmesh/eventing-api';
import { loadKubeClient, type KubeClient } from '@jetmesh/kube-controller';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';

/** An authority, a server for 127.0.0.1 and two clients; made with openssl, valid for a hundred years. */
const certificates = fileURLToPath(new URL('./certificates/', import.meta.url));
const pem = (name: string) => readFileSync(join(certificates, `${name}.pem`));
const base64 = (name: string) => pem(name).toString('base64');

function nameOf(socket: Socket): string | undefined {
  const subject = (socket as Partial<TLSSocket>).getPeerCertificate?.().subject as
    { CN?: string } | undefined;
  return subject?.CN;
}

/** Answers every GET with a Namespace, and notes who asked. */
class WhoAsks {
  readonly asked: string[] = [];
  readonly #servers: Server[] = [];

  async serve(server: Server): Promise<number> {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.asked.push(nameOf(request.socket) ?? request.headers.authorization ?? 'nobody');
      response.end(JSON.stringify({ metadata: { name: 'default' } }));
    });
    return this.listen(server);
  }

  async listen(server: Server): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.#servers.push(server);
    return (server.address() as AddressInfo).port;
  }

  dropConnections(): void {
    for (const server of this.#servers) server.closeAllConnections();
  }

  close(): void {
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
  }
}

describe('credentials of a kubeconfig', () => {
  let folder: string;
  let api: WhoAsks;
  let client: KubeClient | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jetmesh-credentials-'));
    api = new WhoAsks();
  });
  afterEach(async () => {
    await client?.close();
    client = undefined;
    api.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function write(file: string, parts: { cluster?: object; user?: object }): string {
    const config = {
      'current-context': 'here',
      contexts: [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
      ...(parts.cluster === undefined ? {} : { clusters: [{ name: 'c', cluster: parts.cluster }] }),
      ...(parts.user === undefined ? {} : { users: [{ name: 'u', user: parts.user }] }),
    };
    writeFileSync(join(folder, file), stringify(config));
    return join(folder, file);
  }

  const plainCluster = async (more: object = {}) => ({
    server: `http://127.0.0.1:${await api.serve(createServer())}`,
    'insecure-skip-tls-verify': true,
    ...more,
  });
  const tlsCluster = async (more: object = {}) => {
    const server = createTlsServer({
      key: pem('server-key'),
      cert: pem('server'),
      ca: pem('ca'),
      requestCert: true,
      rejectUnauthorized: false,
    });
    const port = await api.serve(server);
    return {
      server: `https://127.0.0.1:${port}`,
      'certificate-authority-data': base64('ca'),
      ...more,
    };
  };
  const ask = async (kubeconfig: string) => {
    client ??= await loadKubeClient({ kubeconfig, timeoutMs: 5_000 });
    await client.get(namespaceKind, 'default');
    return api.asked.at(-1);
  };

  it('sends a token over TLS to a server that its authority vouches for', async () => {
    const kubeconfig = write('config', { cluster: await tlsCluster(), user: { token: 'secret' } });
    expect(await ask(kubeconfig)).toBe('Bearer secret');
  });

  it('does not talk to a server that its authority does not vouch for', async () => {
    const cluster = await tlsCluster({ 'certificate-authority-data': base64('one') });
    await expect(ask(write('config', { cluster, user: {} }))).rejects.toThrow(/certificate/);
    expect(api.asked).toEqual([]);
  });

  it('sends the token that its file holds now', async () => {
    writeFileSync(join(folder, 'token'), 'first\n');
    const user = { tokenFile: 'token' };
    const kubeconfig = write('config', { cluster: await plainCluster(), user });
    expect(await ask(kubeconfig)).toBe('Bearer first');
    writeFileSync(join(folder, 'token'), 'second\n');
    expect(await ask(kubeconfig)).toBe('Bearer second');
  });

  it('shows a client certificate, after a rotation the new one on a new connection', async () => {
    const show = (name: string) => {
      copyFileSync(join(certificates, `${name}.pem`), join(folder, 'tls.pem'));
      copyFileSync(join(certificates, `${name}-key.pem`), join(folder, 'tls-key.pem'));
    };
    show('one');
    const user = { 'client-certificate': 'tls.pem', 'client-key': 'tls-key.pem' };
    const cluster = await tlsCluster();
    const kubeconfig = write('config', { cluster, user });
    expect(await ask(kubeconfig)).toBe('one');
    show('two');
    api.dropConnections();
    expect(await ask(kubeconfig)).toBe('two');
  });

  it('asks an exec plug-in', async () => {
    const plugin = join(folder, 'plugin.cjs');
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'from-plugin' },
    };
    writeFileSync(plugin, `#!${process.execPath}\nconsole.log('${JSON.stringify(credential)}');\n`);
    chmodSync(plugin, 0o755);
    const exec = { apiVersion: credential.apiVersion, command: plugin };
    const kubeconfig = write('config', { cluster: await plainCluster(), user: { exec } });
    expect(await ask(kubeconfig)).toBe('Bearer from-plugin');
  });

  it('sends a name and password', async () => {
    const user = { username: 'me', password: 'pass' };
    const kubeconfig = write('config', { cluster: await plainCluster(), user });
    expect(await ask(kubeconfig)).toBe(`Basic ${Buffer.from('me:pass').toString('base64')}`);
  });

  it('goes through the proxy of the cluster', async () => {
    const throughProxy: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request: IncomingMessage, socket: TLSSocket) => {
      throughProxy.push(request.url ?? '');
      const [host = '', port = ''] = (request.url ?? '').split(':');
      const target = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connected\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
      target.on('error', () => socket.destroy());
      socket.on('error', () => target.destroy());
    });
    const cluster = await tlsCluster({
      'proxy-url': `http://127.0.0.1:${await api.listen(proxy)}`,
    });
    const kubeconfig = write('config', { cluster, user: { token: 'secret' } });
    expect(await ask(kubeconfig)).toBe('Bearer secret');
    expect(throughProxy).toEqual([cluster.server.replace('https://', '')]);
  });

  it('merges the files of a list, as kubectl does', async () => {
    const files = [
      write('clusters', { cluster: await plainCluster() }),
      join(folder, 'missing'),
      write('users', { user: { token: 'merged' } }),
    ];
    writeFileSync(
      files[2]!,
      readFileSync(files[2]!, 'utf8').replace(/contexts:[^]*(?=users:)/, ''),
    );
    expect(await ask(files.join(delimiter))).toBe('Bearer merged');
  });
});
