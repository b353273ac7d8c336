import { describe, expect, it } from '@jest/globals';
import { parseApiPath, type ApiPath } from './api-path.ts';

const core = { group: '', version: 'v1' };
const triggers = { group: 'eventing.knative.dev', version: 'v1', plural: 'triggers' };

function resource(target: object): ApiPath {
  return { kind: 'resource', target } as ApiPath;
}

describe('parseApiPath', () => {
  it.each<[string, ApiPath]>([
    ['/', { kind: 'root' }],
    ['/api', { kind: 'core-versions' }],
    ['/api/', { kind: 'core-versions' }],
    ['/api/v1', { kind: 'group-version', ...core }],
    ['/apis', { kind: 'groups' }],
    ['/apis/apps', { kind: 'group', group: 'apps' }],
    ['/apis/apps/v1', { kind: 'group-version', group: 'apps', version: 'v1' }],
    ['/api/v1/namespaces', resource({ ...core, plural: 'namespaces' })],
    ['/api/v1/namespaces/a', resource({ ...core, plural: 'namespaces', name: 'a' })],
    [
      '/api/v1/namespaces/a/status',
      resource({ ...core, plural: 'namespaces', name: 'a', subresource: 'status' }),
    ],
    [
      '/api/v1/namespaces/a/finalize',
      resource({ ...core, plural: 'namespaces', name: 'a', subresource: 'finalize' }),
    ],
    ['/api/v1/namespaces/a/pods', resource({ ...core, namespace: 'a', plural: 'pods' })],
    [
      '/api/v1/namespaces/a/status/b',
      resource({ ...core, namespace: 'a', plural: 'status', name: 'b' }),
    ],
    ['/api/v1/pods', resource({ ...core, plural: 'pods' })],
    ['/apis/eventing.knative.dev/v1/triggers', resource(triggers)],
    [
      '/apis/eventing.knative.dev/v1/namespaces/a/triggers/b%2Ec/status',
      resource({ ...triggers, namespace: 'a', name: 'b.c', subresource: 'status' }),
    ],
    ['/openapi/v3', { kind: 'openapi-index' }],
    ['/openapi/v3/api/v1', { kind: 'openapi-group-version', ...core }],
    ['/openapi/v3/apis/apps/v1', { kind: 'openapi-group-version', group: 'apps', version: 'v1' }],
    ['/openapi/v3/apis/apps', { kind: 'unknown' }],
    ['/openapi/v2', { kind: 'openapi-v2' }],
    ['/version', { kind: 'version' }],
    ['/readyz', { kind: 'health', check: 'readyz' }],
    ['/metrics', { kind: 'unknown' }],
    ['/api/v1/pods/%', { kind: 'unknown' }],
  ])('reads %s', (path, expected) => {
    expect(parseApiPath(path)).toEqual(expected);
  });
});
