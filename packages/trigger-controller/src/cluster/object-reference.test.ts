import { describe, expect, it } from '@jest/globals';
import { referenceKey, referenceKeyOf, resourceKindOf } from './object-reference.ts';

describe('resourceKindOf', () => {
  it.each([
    ['v1', 'Service', { group: '', version: 'v1', plural: 'services' }],
    [
      'serving.knative.dev/v1',
      'Service',
      { group: 'serving.knative.dev', version: 'v1', plural: 'services' },
    ],
    [
      'example.com/v1beta1',
      'Proxy',
      { group: 'example.com', version: 'v1beta1', plural: 'proxies' },
    ],
    ['example.com/v1', 'Address', { group: 'example.com', version: 'v1', plural: 'addresses' }],
  ])('of %s %s', (apiVersion, kind, names) => {
    expect(resourceKindOf(apiVersion, kind)).toEqual({ ...names, kind, isNamespaced: true });
  });
});

describe('referenceKeyOf', () => {
  it('is the key of a reference to the object', () => {
    const object = { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'a', name: 'b' } };
    const reference = { apiVersion: 'v1', kind: 'Service', namespace: 'a', name: 'b' };
    expect(referenceKeyOf(object)).toBe(referenceKey(reference));
  });
});
