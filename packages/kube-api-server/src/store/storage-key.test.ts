import { describe, expect, it } from '@jest/globals';
import { resourceIdOfKey, storageKey } from './storage-key.ts';

describe('storageKey', () => {
  it.each([
    [{ namespace: 'shop', name: 'a.b' }, 'core/configmaps/shop/a.b'],
    [{ name: 'shop' }, 'core/configmaps/-/shop'],
  ])('of %p', (metadata, key) => {
    expect(storageKey('core/configmaps', metadata)).toBe(key);
  });

  it('tells its resource, and is none of the server’s own', () => {
    expect(resourceIdOfKey('core/configmaps/shop/a.b')).toBe('core/configmaps');
    expect(resourceIdOfKey('jetmesh/start')).toBeUndefined();
  });
});
