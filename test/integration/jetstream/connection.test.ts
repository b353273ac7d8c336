import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectJetStream, type JetStreamSettings } from '@jetmesh/jetstream';
import { eventually } from '../../support/eventually.ts';
import { startNatsServer, type NatsServer } from '../../support/nats-server.ts';

const nkey = {
  publicKey: 'UDEYSU2744CBVLEGYAYF4WRSFILAQNYO6HWUPZ44CQROAUCXWQCSOQYB',
  seed: 'SUAI6UHMFQEO4RO7TRP7KQNJRIIZASW7YDKLVR77CN2DGNH4M6XPRESILY',
};
const tlsFolder = join(import.meta.dirname, 'tls');
const tlsFiles = {
  caFile: join(tlsFolder, 'ca.pem'),
  certFile: join(tlsFolder, 'client.pem'),
  keyFile: join(tlsFolder, 'client-key.pem'),
};

let folder: string;
const servers: NatsServer[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jetmesh-connection-'));
});

afterAll(async () => {
  for (const server of servers) await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function serverWith(config: string): Promise<NatsServer> {
  const server = await startNatsServer({ config });
  servers.push(server);
  return server;
}

async function connects(settings: JetStreamSettings): Promise<string> {
  const connection = await connectJetStream(settings);
  await connection.port.flush();
  await connection.close();
  return connection.features.version;
}

describe('connectJetStream', () => {
  it('authenticates by user and password, token, or NKey file', async () => {
    const nkeyFile = join(folder, 'user.nk');
    await writeFile(nkeyFile, `${nkey.seed}\n`);
    const byUser = await serverWith(
      `authorization { users: [{ user: mesh, password: secret }, { nkey: ${nkey.publicKey} }] }`,
    );
    const byToken = await serverWith('authorization { token: s3cret }');
    const user = { servers: [byUser.url], name: 'test' };
    expect(await connects({ ...user, user: 'mesh', password: 'secret' })).toMatch(/^2\./);
    expect(await connects({ ...user, nkeyFile })).toMatch(/^2\./);
    expect(await connects({ servers: [byToken.url], name: 'test', token: 's3cret' })).toMatch(
      /^2\./,
    );
  });

  it('fails at once for credentials that are refused, or not to be read', async () => {
    const { url } = await serverWith('authorization { token: s3cret }');
    const wrong = connectJetStream({ servers: [url], name: 'test', token: 'wrong' });
    await expect(wrong).rejects.toMatchObject({ code: 'AUTHORIZATION_VIOLATION' });
    const credentialsFile = join(folder, 'none.creds');
    const unreadable = connectJetStream({ servers: [url], name: 'test', credentialsFile });
    await expect(unreadable).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('speaks TLS, with a certificate of its own', async () => {
    const server = await serverWith(`tls {
      cert_file: ${JSON.stringify(join(tlsFolder, 'server.pem'))}
      key_file: ${JSON.stringify(join(tlsFolder, 'server-key.pem'))}
      ca_file: ${JSON.stringify(tlsFiles.caFile)}
      verify: true
    }`);
    const servers = [`tls://localhost:${server.port}`];
    expect(await connects({ servers, name: 'test', tls: tlsFiles })).toMatch(/^2\./);
  });

  it('trusts neither a server without TLS nor one of an unknown authority', async () => {
    const plain = await serverWith('');
    const tls = await serverWith(`tls {
      cert_file: ${JSON.stringify(join(tlsFolder, 'server.pem'))}
      key_file: ${JSON.stringify(join(tlsFolder, 'server-key.pem'))}
    }`);
    const to = (server: NatsServer) =>
      connectJetStream({ servers: [`tls://localhost:${server.port}`], name: 'test' });
    await expect(to(plain)).rejects.toMatchObject({ code: 'SERVER_OPT_NA' });
    await expect(to(tls)).rejects.toMatchObject({ code: expect.stringMatching(/CERT|VERIFY/) });
  });

  it('waits for a server that is not there yet, until it is told not to', async () => {
    const server = await serverWith('');
    await server.kill();
    const settings = { servers: [server.url], name: 'early' };
    const cancelled = new AbortController();
    const given = connectJetStream(settings, { signal: cancelled.signal });
    let retryCount = 0;
    const connecting = connectJetStream(settings, { onRetry: () => retryCount++ });
    await eventually(() => retryCount >= 2);
    cancelled.abort();
    await expect(given).rejects.toMatchObject({ cause: { name: 'AbortError' } });
    await server.restart();
    const connection = await connecting;
    expect(connection.features.version).toMatch(/^2\./);
    await connection.close();
  });

  it('tells its listeners when the connection goes and comes, and reads the features anew', async () => {
    const server = await serverWith('');
    const connection = await connectJetStream({ servers: [server.url], name: 'test' });
    const changes: boolean[] = [];
    const forget = connection.onConnectionChange((isConnected) => changes.push(isConnected));
    await server.kill();
    await eventually(() => changes.length === 1);
    expect(connection.isConnected).toBe(false);
    await server.restart();
    await eventually(() => changes.length === 2);
    expect(changes).toEqual([false, true]);
    expect(connection.maxPayloadBytes).toBe(1024 * 1024);
    forget();
    await connection.close();
    expect(await connection.closed).toBeUndefined();
    expect(connection.isConnected).toBe(false);
    expect(changes).toHaveLength(2);
  });

  it('ends with the error when a permission is missing that nothing works without', async () => {
    const { url } = await serverWith(
      'authorization { users: [{ user: mesh, password: secret, permissions: { subscribe: "nothing" } }] }',
    );
    const connection = await connectJetStream({
      servers: [url],
      name: 'test',
      user: 'mesh',
      password: 'secret',
    });
    connection.port.subscribe(connection.port.newInbox(), () => undefined);
    expect(await connection.closed).toMatchObject({ code: 'PERMISSIONS_VIOLATION' });
  });
});
