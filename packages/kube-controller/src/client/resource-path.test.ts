import { describe, expect, it } from '@jest/globals';
import { leaseKind, namespaceKind, serviceKind } from '@jetmesh/eventing-api';
import { collectionPath, objectPath } from './resource-path.ts';

describe('paths of the Kubernetes API', () => {
  it.each([
    [collectionPath(serviceKind), '/api/v1/services'],
    [collectionPath(serviceKind, 'a'), '/api/v1/namespaces/a/services'],
    [collectionPath(leaseKind, 'a'), '/apis/coordination.k8s.io/v1/namespaces/a/leases'],
    [objectPath(namespaceKind, 'a'), '/api/v1/namespaces/a'],
    [objectPath(serviceKind, 'a/b', 'status'), '/api/v1/namespaces/a/services/b/status'],
  ])('%s', (path, expected) => {
    expect(path).toBe(expected);
  });
});
