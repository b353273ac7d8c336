import { describe, expect, it } from '@jest/globals';
import type { Authenticator } from 'nats';
import { connectionOptions } from './connection-options.ts';
import type { JetStreamSettings } from './jetstream-settings.ts';

const settings: JetStreamSettings = { servers: ['nats://a:4222', 'nats://b:4222'], name: 'test' };
const publicKey = 'UDEYSU2744CBVLEGYAYF4WRSFILAQNYO6HWUPZ44CQROAUCXWQCSOQYB';
const seed = 'SUAI6UHMFQEO4RO7TRP7KQNJRIIZASW7YDKLVR77CN2DGNH4M6XPRESILY';

function optionsFor(
  more: Partial<JetStreamSettings>,
  files: Readonly<Record<string, string>> = {},
) {
  return connectionOptions({ ...settings, ...more }, (path) => Buffer.from(files[path] ?? ''));
}

function authenticate(options: ReturnType<typeof optionsFor>): object[] {
  return (options.authenticator as Authenticator[]).map((each) => each('nonce') ?? {});
}

describe('connectionOptions', () => {
  it('reconnects for ever, notices a silent peer within half a minute, and builds no traces', () => {
    expect(optionsFor({})).toMatchObject({
      servers: settings.servers,
      name: 'test',
      noAsyncTraces: true,
      maxReconnectAttempts: -1,
      pingInterval: 10_000,
      maxPingOut: 2,
    });
    expect(optionsFor({})).not.toHaveProperty('authenticator');
    expect(optionsFor({})).not.toHaveProperty('tls');
  });

  it('passes user, password and token on', () => {
    expect(optionsFor({ user: 'u', password: 'p', token: 't' })).toMatchObject({
      user: 'u',
      pass: 'p',
      token: 't',
    });
  });

  it('signs with the seed of an NKey file', () => {
    const [auth] = authenticate(optionsFor({ nkeyFile: 'f' }, { f: ` ${seed}\n` }));
    expect(auth).toMatchObject({ nkey: publicKey, sig: expect.stringMatching(/.{80}/) });
  });

  it('signs with the seed of a credentials file and shows its token, read anew each time', () => {
    const files: Record<string, string> = { f: credentials('jwt-1') };
    const options = optionsFor({ credentialsFile: 'f' }, files);
    expect(authenticate(options)).toMatchObject([{ jwt: 'jwt-1', nkey: publicKey }]);
    files.f = credentials('jwt-2');
    expect(authenticate(options)).toMatchObject([{ jwt: 'jwt-2' }]);
  });

  it('demands TLS by files or by address', () => {
    expect(optionsFor({ tls: { caFile: 'ca' } })).toMatchObject({ tls: { caFile: 'ca' } });
    expect(optionsFor({ servers: ['tls://a:4222'] })).toMatchObject({ tls: {} });
  });
});

function credentials(jwt: string): string {
  return `-----BEGIN NATS USER JWT-----
${jwt}
------END NATS USER JWT------

-----BEGIN USER NKEY SEED-----
${seed}
------END USER NKEY SEED------
`;
}
