import { describe, expect, it } from '@jest/globals';
import { readAdapterConfig } from './config.ts';

describe('readAdapterConfig', () => {
  it('has a default for everything', () => {
    const { podName, ...config } = readAdapterConfig({});
    expect(podName).toMatch(/-\d+$/);
    expect(config).toEqual({
      admin: { logLevel: 'info', adminHost: '0.0.0.0', adminPort: 9090 },
      kubeconfig: undefined,
      podNamespace: 'jetmesh-system',
      httpHost: '0.0.0.0',
      httpPort: 8080,
      busBrokerKey: 'kyma-system/event-bus',
      maxLegacyBytes: 65_536,
      maxEventBytes: 1_048_576,
      forwardTimeoutMs: 10_000,
      maxOutstandingCount: 4096,
      maxOutstandingBytes: 67_108_864,
      clientCertificateCheck: 'off',
    });
  });

  it('reads what is set', () => {
    const config = readAdapterConfig({
      BUS_NAMESPACE: 'bus',
      BUS_BROKER: 'all',
      POD_NAME: 'adapter-0',
      MAX_LEGACY_BYTES: '1Mi',
      FORWARD_TIMEOUT: '250ms',
      CLIENT_CERT_CHECK: 'subject',
    });
    expect(config).toMatchObject({
      busBrokerKey: 'bus/all',
      podName: 'adapter-0',
      maxLegacyBytes: 1_048_576,
      forwardTimeoutMs: 250,
      clientCertificateCheck: 'subject',
    });
  });

  it('lists every problem at once', () => {
    const env = { HTTP_PORT: 'x', FORWARD_TIMEOUT: 'soon', CLIENT_CERT_CHECK: 'yes' };
    expect(() => readAdapterConfig(env)).toThrow(
      /HTTP_PORT[^]*FORWARD_TIMEOUT[^]*CLIENT_CERT_CHECK/,
    );
  });
});
