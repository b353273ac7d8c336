import { describe, expect, it } from '@jest/globals';
import { extensionsOfHeaders } from './extensions-of-headers.ts';

describe('extensionsOfHeaders', () => {
  it.each<[string[], Record<string, string>]>([
    [[], {}],
    [['Content-Type', 'text/plain', 'Host', 'ce-x'], {}],
    [['CE-Tenant', 'a', 'ce-b', 'c'], { tenant: 'a', b: 'c' }],
    [['ce-name', 'gr\u00c3\u00b6\u00c3\u009fe'], { name: 'größe' }],
    [['ce-a_b', 'x', 'ce-', 'x', 'ce-data', 'x', 'ce-tab', 'a\tb'], {}],
  ])('of %j are %j', (rawHeaders, extensions) => {
    expect(Object.fromEntries(extensionsOfHeaders(rawHeaders))).toEqual(extensions);
  });
});
