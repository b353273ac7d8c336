import { describe, expect, it } from '@jest/globals';
import { validateEndpointSlice } from './validate-endpoint-slice.ts';

function fieldsOf(addressType: string, addresses: string[]): string[] {
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'a' },
    addressType,
    endpoints: [{ addresses }],
  };
  return validateEndpointSlice(slice).map(({ field }) => field);
}

describe('validateEndpointSlice', () => {
  it.each<[string, string[], string[]]>([
    ['IPv4', ['10.0.0.1', '192.168.1.7'], []],
    ['IPv6', ['2001:db8::1'], []],
    ['FQDN', ['example.com'], []],
    ['DNS', ['example.com'], ['addressType']],
    ['IPv4', [], ['endpoints[0].addresses']],
    ['IPv4', ['10.0.0.1', '127.0.0.1'], ['endpoints[0].addresses[1]']],
    ['IPv4', ['0.0.0.0'], ['endpoints[0].addresses[0]']],
    ['IPv4', ['169.254.0.9'], ['endpoints[0].addresses[0]']],
    ['IPv4', ['::1'], ['endpoints[0].addresses[0]']],
    ['IPv6', ['::1'], ['endpoints[0].addresses[0]']],
    ['IPv4', Array.from({ length: 101 }, () => '10.0.0.1'), ['endpoints[0].addresses']],
  ])('of %s %p', (type, addresses, fields) => {
    expect(fieldsOf(type, addresses)).toEqual(fields);
  });
});
