import { expect, it } from '@jest/globals';
import type { Trigger } from '@jetmesh/eventing-api';
import { isKnownToReplicas } from './is-known-to-replicas.ts';

function aTrigger(resourceVersion: string): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: 't', namespace: 'ns', resourceVersion },
    spec: { subscriber: { uri: 'http://s' } },
  };
}

it.each<[string, string, string[], boolean]>([
  ['no replica', '7', [], false],
  ['one that is behind', '7', ['9', '6'], false],
  ['all at it or beyond', '7', ['7', '10'], true],
  ['numbers, not texts', '100', ['99'], false],
  ['longer than a double holds', '9007199254740993', ['9007199254740992'], false],
  ['a replica that has told nothing yet', '7', [''], false],
])('%s', (_, resourceVersion, seen, expected) => {
  const replicas = seen.map((seenTriggers) => ({ seenTriggers }));
  expect(isKnownToReplicas(aTrigger(resourceVersion), replicas)).toBe(expected);
});
