import { describe, expect, it } from '@jest/globals';
import { serviceOfHost } from './service-of-host.ts';

describe('serviceOfHost', () => {
  it.each([
    ['s.n.svc', { namespace: 'n', name: 's' }],
    ['s.n.svc.cluster.local', { namespace: 'n', name: 's' }],
    ['s.n.svc.cluster.local.', { namespace: 'n', name: 's' }],
    ['s.n', undefined],
    ['example.com', undefined],
    ['127.0.0.1', undefined],
    ['a.s.n.svc', undefined],
  ])('%s', (host, expected) => {
    expect(serviceOfHost(host)).toEqual(expected);
  });
});
