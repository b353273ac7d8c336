import { describe, expect, it } from '@jest/globals';
import { natsSettings } from './nats-settings.ts';

describe('reaching NATS from a command', () => {
  it('needs no more than a URL', () => {
    expect(natsSettings('nats://a:4222', { NATS_USER: '' })).toEqual({
      servers: ['nats://a:4222'],
      name: 'jetmesh dead-letters',
    });
  });

  it('takes several servers, credentials and certificates', () => {
    const env = { NATS_CREDENTIALS_FILE: '/c', NATS_TLS_CA_FILE: '/ca', HOME: '/root' };
    expect(natsSettings('nats://a,nats://b', env)).toEqual({
      servers: ['nats://a', 'nats://b'],
      name: 'jetmesh dead-letters',
      credentialsFile: '/c',
      tls: { caFile: '/ca' },
    });
  });
});
