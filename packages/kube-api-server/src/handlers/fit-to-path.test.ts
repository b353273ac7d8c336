import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json/json-value.ts';
import { configMapResource } from '../registry/built-in/config-map-resource.ts';
import { fitToPath } from './fit-to-path.ts';
import type { ResourceRequest } from './resource-request.ts';

const [version] = configMapResource.versions;

function fit(body: JsonObject, name?: string): JsonObject {
  const request: ResourceRequest = {
    served: { resource: configMapResource, version: version! },
    namespace: 'shop',
    name,
    subresource: undefined,
    query: new URLSearchParams(),
    contentType: '',
    userAgent: '',
    body: Buffer.alloc(0),
  };
  return fitToPath(body, request);
}

describe('fitToPath', () => {
  it('fills in what the path says', () => {
    const metadata = { name: 'a' };
    expect(fit({ metadata })).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'shop' },
    });
    expect(fit({ metadata }, 'a')).toMatchObject({ metadata: { name: 'a' } });
  });

  it.each<[JsonObject, string | undefined, string]>([
    [
      { metadata: { namespace: 'other' } },
      undefined,
      'namespace of the provided object does not match',
    ],
    [
      { metadata: { name: 'b' } },
      'a',
      'the name of the object (b) does not match the name on the URL (a)',
    ],
    [{ metadata: {} }, 'a', 'the name of the object (a based on URL) was undeterminable'],
    [
      { kind: 'Secret', metadata: {} },
      undefined,
      'Secret in version "v1" cannot be handled as a ConfigMap',
    ],
    [
      { apiVersion: 'v2', metadata: {} },
      undefined,
      'the API version in the data (v2) does not match',
    ],
    [{ metadata: 5 }, undefined, 'metadata must be an object'],
  ])('refuses %j at %p', (body, name, message) => {
    expect(() => fit(body, name)).toThrow(message);
  });
});
