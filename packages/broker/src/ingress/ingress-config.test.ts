import { describe, expect, it } from '@jest/globals';
import { readIngressConfig } from './ingress-config.ts';

describe('readIngressConfig', () => {
  it('has a default for everything', () => {
    expect(readIngressConfig({ POD_NAME: 'pod-1' })).toEqual({
      admin: { logLevel: 'info', adminHost: '0.0.0.0', adminPort: 9090 },
      jetStream: { servers: ['nats://127.0.0.1:4222'], name: 'ingress pod-1' },
      kubeconfig: undefined,
      host: '0.0.0.0',
      port: 8080,
      maxEventBytes: 1_048_576,
      maxOutstandingCount: 4096,
      maxOutstandingBytes: 67_108_864,
      publishDeadlineMs: 10_000,
      timeToLive: 255,
      createsEventTypes: false,
      shadowToken: undefined,
    });
  });

  it('reads how to reach NATS', () => {
    const { jetStream } = readIngressConfig({
      POD_NAME: 'pod-1',
      NATS_SERVERS: 'nats://a:4222,nats://b:4222',
      NATS_USER: 'user',
      NATS_PASSWORD: 'password',
      NATS_TLS_CA_FILE: '/ca.pem',
    });
    expect(jetStream).toEqual({
      servers: ['nats://a:4222', 'nats://b:4222'],
      name: 'ingress pod-1',
      user: 'user',
      password: 'password',
      tls: { caFile: '/ca.pem' },
    });
  });

  it('names every value that cannot be used', () => {
    const env = { HTTP_PORT: 'http', MAX_EVENT_BYTES: 'much', EVENT_TTL: '0' };
    expect(() => readIngressConfig(env)).toThrow(/HTTP_PORT[^]*MAX_EVENT_BYTES[^]*EVENT_TTL/);
  });
});
