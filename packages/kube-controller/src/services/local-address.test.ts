import { describe, expect, it } from '@jest/globals';
import type { EndpointSlice, Service } from '@jetmesh/eventing-api';
import { localAddress } from './local-address.ts';

function aService(spec: NonNullable<Service['spec']>): Service {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 's', namespace: 'n' }, spec };
}

function aSlice(more: Partial<EndpointSlice>): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 's-1', namespace: 'n' },
    addressType: 'IPv4',
    ...more,
  };
}

describe('localAddress', () => {
  it('leads an ExternalName to its target port', () => {
    const service = aService({
      type: 'ExternalName',
      externalName: 'localhost',
      ports: [{ port: 80, targetPort: 3000 }],
    });
    expect(localAddress(service, [], 80)).toEqual({ host: 'localhost', port: 3000 });
    expect(localAddress(service, [], 81)).toEqual({ host: 'localhost', port: 81 });
  });

  it('leads a Service with endpoints to the first that is ready', () => {
    const service = aService({ ports: [{ name: 'http', port: 80, targetPort: 'web' }] });
    const slice = aSlice({
      endpoints: [
        { addresses: ['10.0.0.1'], conditions: { ready: false } },
        { addresses: ['10.0.0.2'] },
      ],
      ports: [{ name: 'http', port: 8080 }],
    });
    expect(localAddress(service, [slice], 80)).toEqual({ host: '10.0.0.2', port: 8080 });
  });

  it('has no address without endpoints, or for a port that the Service does not have', () => {
    const service = aService({ ports: [{ port: 80, targetPort: 3000 }] });
    expect(localAddress(service, [], 80)).toBeUndefined();
    expect(localAddress(service, [aSlice({ endpoints: [] })], 443)).toBeUndefined();
  });
});
