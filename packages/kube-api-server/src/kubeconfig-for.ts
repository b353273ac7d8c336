import { stringify } from 'yaml';

/** How a client reaches a server; the certificate authority is PEM text. */
export interface ServerAccess {
  readonly url: string;
  readonly bearerToken?: string;
  readonly certificateAuthority?: string;
}

/** A kubeconfig, as YAML, whose only context is this server. */
export function kubeconfigFor(server: ServerAccess): string {
  const name = 'jetmesh';
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: server.url, ...trustOf(server) } }],
    users: [
      {
        name,
        user: server.bearerToken === undefined ? {} : { token: server.bearerToken },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
    'current-context': name,
  });
}

/** client-node refuses plain http unless verification is off. */
function trustOf(server: ServerAccess): object {
  if (server.certificateAuthority === undefined) return { 'insecure-skip-tls-verify': true };
  const pem = Buffer.from(server.certificateAuthority).toString('base64');
  return { 'certificate-authority-data': pem };
}
