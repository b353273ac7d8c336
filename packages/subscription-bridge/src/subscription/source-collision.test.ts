import { describe, expect, it } from '@jest/globals';
import type { HttpSource } from '@jetmesh/eventing-api';
import type { Recognised } from './recognise-subscription.ts';
import { sourceCollision } from './source-collision.ts';

function anHttpSource(source: string, labels: Record<string, string> = {}): HttpSource {
  return {
    apiVersion: 'sources.kyma-project.io/v1alpha1',
    kind: 'HTTPSource',
    metadata: { name: 'any', labels },
    spec: { source },
  };
}

function aSubscription(
  source: string,
  typeMatching: 'standard' | 'exact' = 'standard',
): Recognised {
  return {
    kind: 'v1alpha2',
    spec: { sink: 'http://x', source, types: ['a.b'], typeMatching, maxInFlight: 10 },
  };
}

const collision =
  'Applications "my.app", "myapp" have the same subjects: events of all of them are delivered.';

describe('sourceCollision', () => {
  it.each<[string, Recognised, HttpSource[], string | undefined]>([
    ['one Application', aSubscription('my.app'), [anHttpSource('my.app')], undefined],
    ['none', aSubscription('my.app'), [anHttpSource('other')], undefined],
    ['two', aSubscription('my.app'), [anHttpSource('myapp'), anHttpSource('my.app')], collision],
    [
      'two HTTPSources of one',
      aSubscription('a'),
      [anHttpSource('a'), anHttpSource('a')],
      undefined,
    ],
    [
      'two of which one has another type name',
      aSubscription('my.app'),
      [anHttpSource('myapp', { 'application-type': 'mart' }), anHttpSource('my.app')],
      undefined,
    ],
    [
      'two, and exact matching',
      aSubscription('my.app', 'exact'),
      [anHttpSource('myapp'), anHttpSource('my.app')],
      undefined,
    ],
  ])('of %s', (_case, subscription, httpSources, expected) => {
    expect(sourceCollision(subscription, httpSources)).toBe(expected);
  });
});
