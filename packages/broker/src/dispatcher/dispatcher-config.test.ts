import { describe, expect, it } from '@jest/globals';
import { readDispatcherConfig } from './dispatcher-config.ts';

describe('readDispatcherConfig', () => {
  it('has a default for everything', () => {
    expect(readDispatcherConfig({ POD_NAME: 'pod-1' })).toEqual({
      admin: { logLevel: 'info', adminHost: '0.0.0.0', adminPort: 9090 },
      jetStream: { servers: ['nats://127.0.0.1:4222'], name: 'dispatcher pod-1' },
      kubeconfig: undefined,
      hasLocalServices: false,
      defaults: { maxInFlight: 32, timeoutMs: 60_000, deadLetterTimeoutMs: 3_600_000 },
      maxPrefetchBytes: 268_435_456,
      drainTimeoutMs: 20_000,
    });
  });

  it('reads what a Trigger may leave open', () => {
    const env = {
      DELIVERY_CONCURRENCY: '8',
      DELIVERY_TIMEOUT: '5s',
      DEAD_LETTER_TIMEOUT: '10m',
      LOCAL_SERVICES: 'true',
    };
    expect(readDispatcherConfig(env)).toMatchObject({
      hasLocalServices: true,
      defaults: { maxInFlight: 8, timeoutMs: 5_000, deadLetterTimeoutMs: 600_000 },
    });
  });

  it('names every value that cannot be used', () => {
    const env = { DELIVERY_CONCURRENCY: '0', DRAIN_TIMEOUT: 'soon', LOCAL_SERVICES: 'maybe' };
    expect(() => readDispatcherConfig(env)).toThrow(
      /LOCAL_SERVICES[^]*DELIVERY_CONCURRENCY[^]*DRAIN_TIMEOUT/,
    );
  });
});
