import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { kubeconfigFor } from './kubeconfig-for.ts';

describe('kubeconfigFor', () => {
  it('lets client-node use plain http', () => {
    expect(parse(kubeconfigFor({ url: 'http://127.0.0.1:1' }))).toMatchObject({
      clusters: [{ cluster: { server: 'http://127.0.0.1:1', 'insecure-skip-tls-verify': true } }],
      users: [{ user: {} }],
    });
  });

  it('carries token and certificate authority', () => {
    const server = { url: 'https://a', bearerToken: 't', certificateAuthority: 'PEM' };
    expect(parse(kubeconfigFor(server))).toMatchObject({
      clusters: [{ cluster: { server: 'https://a', 'certificate-authority-data': 'UEVN' } }],
      users: [{ user: { token: 't' } }],
    });
  });
});
