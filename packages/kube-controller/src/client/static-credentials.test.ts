import { describe, expect, it } from '@jest/globals';
import { currentContext, KubeconfigError } from './kubeconfig.ts';
import { staticCredentials } from './static-credentials.ts';

function kubeconfig(user: string, cluster = ''): string {
  return `
current-context: here
contexts: [{name: here, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'${cluster}}}]
users: [{name: u, user: {${user}}}]`;
}

describe('staticCredentials', () => {
  it.each([
    ['none', '', {}],
    ['a token', 'token: t', { token: 't' }],
    [
      'a token file, which wins over the token for client-go',
      'token: t, tokenFile: /f',
      { token: 't', tokenFile: '/f' },
    ],
    [
      'a certificate, inline before in a file',
      'client-certificate-data: Yw==, client-certificate: /c, client-key: /k',
      { certificate: { base64: 'Yw==' }, key: { file: '/k' } },
    ],
  ])('reads %s', (_case, user, expected) => {
    expect(staticCredentials(currentContext(kubeconfig(user)))).toEqual(expected);
  });

  it.each([
    ['an exec plug-in', 'exec: {command: x}', ''],
    ['an auth provider', 'auth-provider: {name: oidc}', ''],
    ['a password', 'username: u, password: p', ''],
    ['a proxy', '', ", proxy-url: 'http://p'"],
  ])('leaves %s to client-node', (_case, user, cluster) => {
    expect(staticCredentials(currentContext(kubeconfig(user, cluster)))).toBeUndefined();
  });
});

describe('currentContext', () => {
  it('says when the current context leads nowhere', () => {
    expect(() => currentContext('current-context: gone')).toThrow(KubeconfigError);
  });
});
