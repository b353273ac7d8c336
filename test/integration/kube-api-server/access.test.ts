import {
  applyManifests,
  kubeconfigFor,
  memoryStorage,
  startKubeApiServer,
} from '@jetmesh/kube-api-server';
import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { ApiClient } from '../../kube/support/api-client.ts';

const certificates = new URL('../kube-controller/certificates/', import.meta.url);
const pem = (name: string) => readFile(new URL(name, certificates), 'utf8');

describe('access', () => {
  it('is for those who have the token, health checks excepted', async () => {
    const server = await startKubeApiServer({ storage: memoryStorage(), bearerToken: 'secret' });
    const statusWith = async (path: string, authorization?: string) =>
      (await fetch(`${server.url}${path}`, { headers: authorization ? { authorization } : {} }))
        .status;
    expect(await statusWith('/api/v1/namespaces')).toBe(401);
    expect(await statusWith('/api/v1/namespaces', 'Bearer wrong')).toBe(401);
    expect(await statusWith('/api/v1/namespaces', 'Bearer secret')).toBe(200);
    expect(await statusWith('/apis')).toBe(401);
    expect(await statusWith('/readyz')).toBe(200);
    const kubeconfig: unknown = parse(kubeconfigFor({ url: server.url, bearerToken: 'secret' }));
    expect(kubeconfig).toMatchObject({ users: [{ user: { token: 'secret' } }] });
    await server.close();
  });

  it('is over TLS when there is a certificate', async () => {
    const tls = { cert: await pem('server.pem'), key: await pem('server-key.pem') };
    const server = await startKubeApiServer({
      storage: memoryStorage(),
      bearerToken: 'secret',
      tls,
    });
    expect(server.url).toMatch(/^https:/);
    const certificateAuthority = await pem('ca.pem');
    const access = { url: server.url, bearerToken: 'secret', certificateAuthority };
    const manifests = { yaml: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: secure}' };
    expect(await applyManifests(access, manifests)).toEqual(['Namespace secure']);
    const client = new ApiClient({ ...access, token: 'secret', kubeconfig: '' });
    expect((await client.send('GET', '/api/v1/namespaces/secure')).status).toBe(200);
    await client.close();
    await expect(fetch(`${server.url}/readyz`)).rejects.toThrow('fetch failed');
    await server.close();
  });

  it('is from this machine unless told otherwise, at a free port', async () => {
    const one = await startKubeApiServer({ storage: memoryStorage() });
    const other = await startKubeApiServer({ storage: memoryStorage() });
    expect(one.url).toBe(`http://127.0.0.1:${one.port}`);
    expect(other.port).not.toBe(one.port);
    const taken = startKubeApiServer({ storage: memoryStorage(), port: one.port });
    await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await Promise.all([one.close(), other.close()]);
  });

  it('answers questions about rights and identity', async () => {
    const server = await startKubeApiServer({ storage: memoryStorage() });
    const review = async (group: string, plural: string) => {
      const response = await fetch(`${server.url}/apis/${group}/v1/${plural}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      return (await response.json()) as { status: object };
    };
    expect((await review('authorization.k8s.io', 'selfsubjectaccessreviews')).status).toMatchObject(
      { allowed: true },
    );
    expect((await review('authentication.k8s.io', 'tokenreviews')).status).toMatchObject({
      authenticated: true,
    });
    await server.close();
  });

  it.each(['/nonsense', '/apis/nonsense.example.com', '/apis/nonsense.example.com/v1/things'])(
    'of %s is answered with 404, as text',
    async (path) => {
      const server = await startKubeApiServer({ storage: memoryStorage() });
      const response = await fetch(`${server.url}${path}`);
      expect([response.status, await response.text()]).toEqual([404, '404 page not found\n']);
      await server.close();
    },
  );

  it.each([
    ['PUT', '/api/v1/namespaces', 405],
    ['DELETE', '/api/v1/namespaces', 405],
    ['POST', '/api/v1/configmaps', 405],
    ['POST', '/version', 405],
    ['GET', '/api/v1/configmaps/a', 404],
    ['GET', '/api/v1/nonsense', 404],
    ['GET', '/api/v1/namespaces/default/namespaces', 404],
  ])('of %s %s is answered with %d', async (method, path, status) => {
    const server = await startKubeApiServer({ storage: memoryStorage() });
    const response = await fetch(`${server.url}${path}`, { method });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      kind: 'Status',
      status: 'Failure',
      code: status,
    });
    await server.close();
  });
});
