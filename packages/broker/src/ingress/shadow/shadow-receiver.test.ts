import { describe, expect, it } from '@jest/globals';
import { isSameToken } from './is-same-token.ts';
import { ShadowReceiver } from './shadow-receiver.ts';

const receiver = new ShadowReceiver({
  token: 'secret',
  directory: { find: () => undefined },
  publish: () => true,
  timeToLive: 255,
});

describe('ShadowReceiver', () => {
  it.each([
    ['/shop/default/shadow', true],
    ['/shop/default', false],
    ['/shop/shadow', false],
    ['/shadow', false],
    ['/a/b/c/shadow', false],
    ['/shop/default/shadow/', false],
  ])('asked for %s takes it: %j', (url, takes) => {
    expect(receiver.takes({ url })).toBe(takes);
  });
});

describe('isSameToken', () => {
  it.each([
    ['secret', true],
    ['secre', false],
    ['', false],
    [undefined, false],
    [['secret'], false],
  ])('of %j is %j', (given, isSame) => {
    expect(isSameToken(given, 'secret')).toBe(isSame);
  });
});
