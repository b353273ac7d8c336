import { describe, expect, it } from '@jest/globals';
import type { Trigger, TriggerSpec } from '@jetmesh/eventing-api';
import { TriggerDirectory } from './trigger-directory.ts';

const bus = 'kyma-system/event-bus';

function trigger(name: string, spec: Partial<TriggerSpec>, status?: Trigger['status']): Trigger {
  return {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { namespace: 'kyma-system', name, generation: 1 },
    spec: { broker: 'event-bus', subscriber: { uri: 'http://x' }, ...spec },
    status: status ?? { annotations: { 'jetmesh.dev/consumer': name } },
  };
}

function directoryOf(...triggers: Trigger[]): TriggerDirectory {
  const directory = new TriggerDirectory();
  for (const one of triggers) directory.set(one);
  return directory;
}

function canMatch(directory: TriggerDirectory, attributes: Record<string, string>): boolean {
  return directory.canMatch(bus, new Map(Object.entries(attributes)));
}

const created = {
  type: 'order.created',
  source: 'commerce',
  eventtypeversion: 'v1',
  kymasubject: 'kyma.commerce.order.created.v1',
};

describe('TriggerDirectory', () => {
  it.each<[string, Partial<TriggerSpec>, boolean]>([
    ['no filter', {}, true],
    ['its type', { filter: { attributes: { type: 'order.created' } } }, true],
    ['another type', { filter: { attributes: { type: 'order.paid' } } }, false],
    [
      'its source and another version',
      { filter: { attributes: { source: 'commerce', eventtypeversion: 'v2' } } },
      false,
    ],
    ['any value of an attribute', { filter: { attributes: { eventtypeversion: '' } } }, true],
    ['its alias', { filters: [{ exact: { kymasubject: created.kymasubject } }] }, true],
    [
      'one of several aliases',
      {
        filters: [
          {
            any: [{ exact: { kymasubject: 'x' } }, { exact: { kymasubject: created.kymasubject } }],
          },
        ],
      },
      true,
    ],
    ['a beginning of its type', { filters: [{ prefix: { type: 'order.' } }] }, true],
    [
      'an alias or a type',
      {
        filters: [{ any: [{ exact: { kymasubject: 'x' } }, { exact: { type: 'order.created' } }] }],
      },
      true,
    ],
    [
      'the negation of its type',
      { filters: [{ not: { exact: { type: 'order.created' } } }] },
      false,
    ],
    ['a filter that does not compile', { filters: [{ cesql: '((' }] }, true],
    ['another Broker', { broker: 'default' }, false],
  ])('with a Trigger for %s', (_case, spec, expected) => {
    expect(canMatch(directoryOf(trigger('a', spec)), created)).toBe(expected);
  });

  it('knows no Trigger that has no consumer', () => {
    expect(canMatch(directoryOf(trigger('a', {}, {})), created)).toBe(false);
  });

  it('knows a Ready Trigger whatever its annotations say', () => {
    const conditions = [{ type: 'Ready', status: 'True' as const }];
    const ready = trigger('a', {}, { observedGeneration: 1, conditions });
    expect(canMatch(directoryOf(ready), created)).toBe(true);
  });

  it('forgets the old filter of a Trigger that changed, and a Trigger that is gone', () => {
    const directory = directoryOf(
      trigger('a', { filter: { attributes: { type: 'order.created' } } }),
    );
    const changed = trigger('a', { filter: { attributes: { type: 'order.paid' } } });
    directory.set(changed);
    expect(canMatch(directory, created)).toBe(false);
    expect(canMatch(directory, { type: 'order.paid' })).toBe(true);
    directory.delete(changed);
    expect(canMatch(directory, { type: 'order.paid' })).toBe(false);
    directory.delete(changed);
  });
});
