import { describe, expect, it } from '@jest/globals';
import { matchEndpoint } from './match-endpoint.ts';

describe('matchEndpoint', () => {
  it.each([
    ['/commerce/v1/events', 'legacy-v1', 'commerce'],
    ['/commerce/v1/events?x=/y', 'legacy-v1', 'commerce'],
    ['/commerce/v2/events', 'legacy-v2', 'commerce'],
    ['/commerce/v1/events/subscribed', 'subscribed', 'commerce'],
    ['/commerce/events', 'events', 'commerce'],
    ['/a%2Fb%20c/events', 'events', 'a/b c'],
    ['/v1/events', 'events', 'v1'],
    ['//events', 'events', ''],
    ['/publish', 'publish', undefined],
    ['/publish?x', 'publish', undefined],
    ['/healthz', 'health', undefined],
    ['/v1/health', 'health', undefined],
    ['/readyz', 'readiness', undefined],
  ])('takes %s for %s of %s', (target, endpoint, application) => {
    expect(matchEndpoint(target)).toEqual({ endpoint, application });
  });

  it.each([
    '/',
    '',
    '*',
    '/commerce',
    '/commerce/eventsXYZ',
    '/commerce/events/',
    '/commerce/v1/events/other',
    '/commerce/v1',
    '/commerce/v3/events',
    '/a/commerce/events',
    '/%zz/events',
    'http://host/commerce/events',
  ])('knows nothing at %j', (target) => {
    expect(matchEndpoint(target)).toBeUndefined();
  });
});
