import { describe, expect, it } from '@jest/globals';
import type { Trigger } from '@jetmesh/eventing-api';
import type { Lookup } from '../cluster/object-reference.ts';
import { dependencyFinding, dependencyOf, malformedDependencyFinding } from './dependency.ts';

const reference = { apiVersion: 'sources.knative.dev/v1', kind: 'PingSource', name: 'ping' };

describe('dependencyOf', () => {
  it('is none without the annotation', () => {
    expect(dependencyOf(triggerWith(undefined))).toEqual({ kind: 'none' });
  });

  it.each([
    ['without Namespace', reference],
    ['with the Trigger’s own Namespace', { ...reference, namespace: 'team' }],
  ])('is the reference %s', (_case, value) => {
    expect(dependencyOf(triggerWith(JSON.stringify(value)))).toEqual({
      kind: 'reference',
      reference: { ...reference, namespace: 'team' },
    });
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '"ping"'],
    ['null', 'null'],
    ['no name', JSON.stringify({ apiVersion: 'v1', kind: 'Service' })],
    ['another Namespace', JSON.stringify({ ...reference, namespace: 'other' })],
  ])('is malformed with %s', (_case, text) => {
    expect(dependencyOf(triggerWith(text))).toMatchObject({ kind: 'malformed' });
  });
});

describe('dependencyFinding', () => {
  it.each<[string, Lookup, object]>([
    ['does not exist', { kind: 'missing' }, { status: 'False', reason: 'DependencyDoesNotExist' }],
    ['is of no kind', { kind: 'unknown-kind' }, { status: 'False', reason: 'ListerDoesNotExist' }],
    [
      'may not be read',
      { kind: 'refused', message: 'forbidden' },
      {
        status: 'Unknown',
        reason: 'DependencyGetFailed',
        message: 'Failed to get dependency: forbidden',
      },
    ],
    [
      'did not observe its generation',
      found({ observedGeneration: 1 }, 2),
      {
        status: 'Unknown',
        reason: 'GenerationNotEqual',
        message:
          'The dependency\'s metadata.generation, "2", is not equal to its status.observedGeneration, "1".',
      },
    ],
    [
      'has no conditions',
      found({ observedGeneration: 1 }),
      { status: 'Unknown', reason: 'DependencyNotConfigured' },
    ],
    ['is Ready', found(ready('True')), { status: 'True' }],
    [
      'is not Ready',
      found(ready('False')),
      { status: 'False', reason: 'Broken', message: 'it broke' },
    ],
    [
      'is not Ready and does not say why',
      found({ observedGeneration: 1, conditions: [{ type: 'Ready', status: 'False' }] }),
      { status: 'False', reason: 'DependencyNotReady' },
    ],
    [
      'does not know yet',
      found(ready('Unknown')),
      { status: 'Unknown', reason: 'Broken', message: 'it broke' },
    ],
  ])('of a dependency that %s', (_case, lookup, finding) => {
    expect(dependencyFinding(lookup)).toMatchObject(finding);
  });
});

describe('malformedDependencyFinding', () => {
  it('says what is wrong with the annotation', () => {
    expect(malformedDependencyFinding('not a JSON object: x')).toEqual({
      status: 'False',
      reason: 'ReferenceError',
      message:
        'Unable to unmarshal objectReference from dependency annotation of trigger: not a JSON object: x',
    });
  });
});

function triggerWith(dependency: string | undefined): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: {
      name: 'orders',
      namespace: 'team',
      ...(dependency === undefined
        ? {}
        : { annotations: { 'knative.dev/dependency': dependency } }),
    },
    spec: { subscriber: {} },
  };
}

function ready(status: string): object {
  const reason = status === 'True' ? {} : { reason: 'Broken', message: 'it broke' };
  return { observedGeneration: 1, conditions: [{ type: 'Ready', status, ...reason }] };
}

function found(status: object, generation = 1): Lookup {
  const object = {
    apiVersion: 'sources.knative.dev/v1',
    kind: 'PingSource',
    metadata: { name: 'ping', namespace: 'team', generation },
    status,
  };
  return { kind: 'found', object };
}
